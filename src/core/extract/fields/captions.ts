import { isOneSentence } from '../../text/sentences'
import { isByline } from './author'

const maxCaptionLength = 250
const maxCreditedLength = 400
/** "Ảnh: Hoàng Phong", "(Ảnh minh họa)", "Hình 2. …" at the beginning or the end. */
const credited =
  /^[([]?(?:ảnh|hình|hình\s+ảnh)(?:\s+(?:\d{1,2}|minh\s+h(?:ọa|oạ)|tư\s+liệu|chụp))?\s*[:.–-]|[.,;–(\s-]\s?ảnh\s*(?::\s*[^:.!?]{1,60}|minh\s+h(?:ọa|oạ)|tư\s+liệu)[)\]]?\.?$/iu
/** How captions begin and end that say what a picture shows. */
const showing =
  /^(?:toàn\s+cảnh|quang\s+cảnh|một\s+góc|hình\s+ảnh|trong\s+ảnh|trái\s+sang|từ\s+trái|(?:các\s+)?đại\s+biểu\s+(?:dự|tham\s+dự|chụp|tham\s+quan|thảo\s+luận))|(?:phát\s+biểu|chụp\s+ảnh|trao\s+(?:quà|thưởng|bằng\s+khen|giấy\s+khen|cờ))[^.!?,;]{0,60}\.?$/iu
/** How sentences of a news text begin or report, and no caption does. */
const reporting =
  /(?<!\p{L})(?:(?:đến\s+)?dự\s+và\s+(?:phát\s+biểu|chỉ\s+đạo|trao)|(?:đã|sẽ)\s+(?:phát\s+biểu|trao|dự))(?!\p{L})|^(?:vừa\s+qua|mới\s+đây|hiện\s+nay|thời\s+gian\s+qua|những\s+năm|(?:sáng|chiều|tối|ngày|hôm|trong\s+(?:\d|hai|ba|các|những)\s*(?:ngày|năm)?)\s|theo\s|nhằm\s|để\s|nhân\s+dịp|thực\s+hiện\s|hưởng\s+ứng|căn\s+cứ|trên\s+cơ\s+sở|đối\s+với|bên\s+cạnh|ngoài\s+ra|tuy\s+nhiên|qua\s+đó|sau\s|trước\s)/iu
const listItem = /^(?:[-–—+*•]|\(?(?:\d{1,3}|\p{L}|[IVX]{1,5})[.)\]])\s/u

/** A paragraph that may be a caption, and where it stands. */
export interface CaptionCandidate {
  text: string
  /** Its lines were joined, and a person broke them by hand, as under pictures. */
  wasWrapped: boolean
  /** Blank lines directly before it. */
  blanksBefore: number
  /** A picture stands directly before it (HTML only, because a dump shows no pictures). */
  isAfterPicture: boolean
}

/** What is known of a dump when its captions are looked for. */
export interface CaptionContext {
  /** Portals put the first picture between summary and body; only where the one or the other's block is known. */
  knowsPicturePlace: boolean
  /** The page shows its pictures: a caption stands under one, or says that it is one. */
  showsPictures?: boolean
}

/**
 * Which paragraphs of a body are captions. No single sign decides; they are added up: broken by hand into lines in a
 * dump whose paragraphs are not (2); directly under a picture (1), or where portals have the first one, before the
 * first long paragraph (1); an extra blank line before it, where the picture was (1); there, much shorter than the
 * paragraphs (1); ends as a sentence, which headings do not (1). "Ảnh: …" alone is enough. In the picture's place two
 * points do, elsewhere three.
 */
export function findCaptions(
  paragraphs: readonly CaptionCandidate[],
  { knowsPicturePlace, showsPictures = false }: CaptionContext,
): boolean[] {
  const long = paragraphs.map(({ text }) => text.length).filter((length) => length > maxCaptionLength)
  const usualLength = long.sort((a, b) => a - b)[Math.floor(long.length / 2)] ?? null
  const usualBlanks = findMostCommon(paragraphs.slice(1).map(({ blanksBefore }) => blanksBefore))
  const firstLong = paragraphs.findIndex(({ text }) => text.length > maxCaptionLength)
  return paragraphs.map((paragraph, at) => {
    const { wasWrapped, blanksBefore } = paragraph
    const text = paragraph.text.normalize('NFC')
    if (isByline(text)) return false
    if (text.length <= maxCreditedLength && credited.test(text)) return true
    if (showsPictures && !paragraph.isAfterPicture) return false
    const mayBe =
      text.length <= maxCaptionLength &&
      at < paragraphs.length - 1 &&
      isOneSentence(text) &&
      !/[:;,]$/u.test(text) &&
      !listItem.test(text) &&
      /^["“‘(\p{Lu}\d]/u.test(text) &&
      text.split(/\s+/u).length >= 4
    if (!mayBe) return false
    const isInPlace = paragraph.isAfterPicture || (knowsPicturePlace && at < firstLong)
    const points =
      (wasWrapped ? 2 : 0) +
      (usualBlanks > 0 && blanksBefore > usualBlanks ? 1 : 0) +
      (isInPlace ? 1 : 0) +
      (isInPlace && usualLength !== null && text.length * 3 < usualLength ? 1 : 0) +
      (/[.!?]["”]?$/u.test(text) && !isInPlace ? 1 : 0) +
      (showing.test(text) && text.length <= 160 ? 3 : 0) -
      (reporting.test(text) ? 3 : 0)
    return points >= (isInPlace ? 2 : 3)
  })
}

function findMostCommon(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}

/** Whether a text names who took a picture, as captions do: "… Ảnh: Hoàng Phong". */
export function isCredited(text: string): boolean {
  return text.length <= maxCreditedLength && credited.test(text.normalize('NFC')) && !isByline(text)
}
