/** A body without its signature, and the signature. */
export interface Signed {
  /** Paragraphs of the body, the end mark kept. */
  body: string[]
  author: string | null
}

/** "./." ends an official text in Vietnam. */
const endMark = /\.\s?\/\s?\.?["”]?$/u
const longestSignature = 250
const labelled =
  /^\(?(?:tác giả|người viết|bài viết|bài,?\s*ảnh|bài\s+và\s+ảnh|tin,?\s*bài|tin,?\s*ảnh|tin|bài|ảnh|thực hiện)\s*:\s*(.+?)\)?$/iu
const credit = /^\(?((?:theo|nguồn)\s*:?\s+.+?)\)?$/iu
/** "(tổng hợp)" and the like after a name say how the text was made, not who made it. */
const manner = /\s*\((?:tổng hợp|t\/h|th|lược dịch|biên dịch|ghi|thực hiện)\)$/iu
const name = String.raw`\p{Lu}[\p{L}.]*(?:\s+(?:\p{Lu}[\p{L}.]*)){0,5}`
/** A name, or names joined by "-", "," or "và", perhaps with offices after a dash or a comma. */
const signature = new RegExp(String.raw`^${name}(?:\s*(?:[-–—,&]|và)\s*\p{Lu}[^.!?]*)*\.?$`, 'u')

/**
 * Takes the author from the end of a body: what stands after the end mark "./.", a labelled line ("Tác giả: …",
 * "Tin, ảnh: …", "(Theo …)"), or a last short line that is built like a name with or without offices. A name and its
 * offices on lines of their own are joined by " - ".
 */
export function splitAuthor(paragraphs: readonly string[]): Signed {
  const endsAt = paragraphs.findLastIndex((text) => endMark.test(text))
  if (endsAt >= 0 && endsAt < paragraphs.length - 1) {
    const after = paragraphs.slice(endsAt + 1)
    const isSignature = after.length <= 3 && after.every((text) => text.length <= longestSignature)
    if (isSignature) return { body: paragraphs.slice(0, endsAt + 1), author: joinSignature(after) }
  }
  const last = paragraphs.at(-1)
  if (last === undefined) return { body: [], author: null }

  // "…của địa phương./. Lý Thái Hải" on one line.
  const sameLine = /^(.*\.\s?\/\.?)\s+(\S.*)$/su.exec(last)
  if (sameLine?.[1] !== undefined && sameLine[2] !== undefined && sameLine[2].length <= longestSignature)
    return { body: [...paragraphs.slice(0, -1), sameLine[1]], author: joinSignature([sameLine[2]]) }

  if (paragraphs.length < 2 || last.length > longestSignature || !looksSigned(last))
    return { body: [...paragraphs], author: null }
  return { body: paragraphs.slice(0, -1), author: joinSignature([last]) }
}

function looksSigned(line: string): boolean {
  const text = line.replace(manner, '')
  if (labelled.test(text) || (credit.test(text) && text.length <= 80)) return true
  const isOneName = text.split(/\s*[-–—,]\s*/u)[0] ?? ''
  return (
    signature.test(text) && isOneName.split(/\s+/u).length <= 6 && !/[.!?:;…]$/u.test(text.replace(/\b\p{Lu}\.$/u, ''))
  )
}

function joinSignature(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(manner, ''))
    .map((line) => labelled.exec(line)?.[1] ?? credit.exec(line)?.[1] ?? line)
    .map((line) => line.replace(/^\((.*)\)$/u, '$1').trim())
    .join(' - ')
}
