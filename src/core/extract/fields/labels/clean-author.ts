/** An author without the words around the name. */
export interface CleanAuthor {
  author: string | null
  /** The source that stood beside the author ("(nguồn: Báo Bắc Kạn)"), or null if no source stood there. */
  source: string | null
}

const prefix =
  /^[\s:–—|•·,-]*(?:(?:bài(?:\s+viết)?|tin)\s+(?:của|do)|(?:(?:được\s+)?(?:viết|đăng|gửi)\s+)?bởi|(?:tác\s+giả|người\s+viết|bút\s+danh|cộng\s+tác\s+viên|phóng\s+viên|posted\s+by|written\s+by|author)\s*:|by(?=\s+\p{Lu}))\s*:?\s*/iu
/** Matches the number of further authors ("… và 1 tác giả khác"), whom the page shows only with a script. */
const others =
  /[\s,;]+(?:và|and|&|\+)\s+(?:\d{1,2}|một|hai|nhiều)\s+(?:tác\s+giả|người|others?|authors?)(?:\s+khác)?\s*\.?$/iu
const bracketedSource = /[\s,;–—-]*[([]\s*nguồn(?:\s+tin)?\s*:?\s*([^()[\]]{2,100})[)\]]\s*$/iu
const trailingSource = /(?:^|[\s,;–—|-]+)nguồn(?:\s+tin)?\s*:\s*(.{2,100})$/iu
/** Matches a date, a view counter or a contact after the name. */
const trailingFacts =
  /[\s,;|–—(-]+(?:(?:email|e-mail|đt|điện\s+thoại|lượt\s+xem|views?)\s*:?.*|[\w.+-]+@[\w.-]+\.\w+|(?:thứ\s.{1,8},\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*|\d{1,2}[:h]\d{2}.*)[\s)]*$/iu

/**
 * Removes the words that portals put around the name of an author ("Bài viết của …", "… và 1 tác giả khác"). Returns a
 * source in parentheses ("(nguồn: …)") in a separate field, because the source is not the author.
 */
export function cleanAuthor(received: string | null): CleanAuthor {
  if (received === null) return { author: null, source: null }
  const text = received.normalize('NFC').replace(/\s+/gu, ' ').trim()
  const found = bracketedSource.exec(text) ?? trailingSource.exec(text)
  const source = found?.[1]?.trim().replace(/[.;,)]+$/u, '') ?? null
  const name = (found === null ? text : text.slice(0, found.index))
    .replace(prefix, '')
    .replace(trailingFacts, '')
    .replace(others, '')
    .replace(/^[\s|•·,;:–—-]+|[\s|•·,;:–—-]+$/gu, '')
  return { author: name === '' ? null : name, source }
}
