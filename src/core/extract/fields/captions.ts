import { isOneSentence } from '../../text/sentences'
import { isByline } from './signature'

const maxCaptionLength = 250
const maxCreditedLength = 400
/**
 * Matches a picture credit at the beginning or the end of a text: "Ảnh: Hoàng Phong", "(Ảnh minh họa)", "Hình 2. …".
 */
const creditPattern =
  /^[([]?(?:ảnh|hình|hình\s+ảnh)(?:\s+(?:\d{1,2}|minh\s+h(?:ọa|oạ)|tư\s+liệu|chụp))?\s*[:.–-]|[.,;–(\s-]\s?ảnh\s*(?::\s*[^:.!?]{1,60}|minh\s+h(?:ọa|oạ)|tư\s+liệu)[)\]]?\.?$/iu
/** Matches beginnings and ends of captions that say what a picture shows. */
const showingPattern =
  /^(?:toàn\s+cảnh|quang\s+cảnh|một\s+góc|hình\s+ảnh|trong\s+ảnh|trái\s+sang|từ\s+trái|(?:các\s+)?đại\s+biểu\s+(?:dự|tham\s+dự|chụp|tham\s+quan|thảo\s+luận))|(?:phát\s+biểu|chụp\s+ảnh|trao\s+(?:quà|thưởng|bằng\s+khen|giấy\s+khen|cờ))[^.!?,;]{0,60}\.?$/iu
/** Matches words that are common in news sentences but do not occur in captions. */
const reportingPattern =
  /(?<!\p{L})(?:(?:đến\s+)?dự\s+và\s+(?:phát\s+biểu|chỉ\s+đạo|trao)|(?:đã|sẽ)\s+(?:phát\s+biểu|trao|dự))(?!\p{L})|^(?:vừa\s+qua|mới\s+đây|hiện\s+nay|thời\s+gian\s+qua|những\s+năm|(?:sáng|chiều|tối|ngày|hôm|trong\s+(?:\d|hai|ba|các|những)\s*(?:ngày|năm)?)\s|theo\s|nhằm\s|để\s|nhân\s+dịp|thực\s+hiện\s|hưởng\s+ứng|căn\s+cứ|trên\s+cơ\s+sở|đối\s+với|bên\s+cạnh|ngoài\s+ra|tuy\s+nhiên|qua\s+đó|sau\s|trước\s)/iu
const listItem = /^(?:[-–—+*•]|\(?(?:\d{1,3}|\p{L}|[IVX]{1,5})[.)\]])\s/u

/** A paragraph that may be a caption, and facts about the lines above it. */
export interface CaptionCandidate {
  text: string
  /** Whether a person broke the paragraph into several lines by hand, as is usual under pictures. */
  wasWrapped: boolean
  /** Number of blank lines directly above the paragraph. */
  blanksBefore: number
  /**
   * Whether a picture is directly above the paragraph. Always false for a text dump, because a dump shows no pictures.
   */
  isAfterPicture: boolean
}

/** Facts about the pictures of the page. */
export interface CaptionContext {
  /**
   * Whether the place of the first picture is known. Portals put this picture between summary and body, so the place is
   * known only if the dump has block titles or a summary.
   */
  knowsPicturePlace: boolean
  /**
   * Whether the page is HTML and therefore shows its pictures. A caption of such a page is directly below a picture or
   * contains a credit.
   */
  showsPictures?: boolean
}

/**
 * Decides for each paragraph of a body whether it is a caption. A credit ("Ảnh: …") alone is enough. Otherwise the
 * points of a paragraph are added, because no single property decides:
 * - +2: a person broke the paragraph into lines by hand
 * - +1: more blank lines than usual are before the paragraph
 * - +1: the paragraph is in the place of a picture
 * - +1: the paragraph is in the place of a picture and is much shorter than other paragraphs
 * - +1: the paragraph is not in the place of a picture, and ends like a sentence and not like a heading
 * - +3: the paragraph describes the content of a picture
 * - −3: the paragraph has words of news sentences, which do not occur in captions
 *
 * A caption needs two points in the place of a picture, and three points elsewhere. The place of a picture is directly
 * below a picture, or before the first long paragraph of a dump.
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
    if (text.length <= maxCreditedLength && creditPattern.test(text)) return true
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
      (showingPattern.test(text) && text.length <= 160 ? 3 : 0) -
      (reportingPattern.test(text) ? 3 : 0)
    return points >= (isInPlace ? 2 : 3)
  })
}

function findMostCommon(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}

/** Whether a text contains a picture credit and is therefore a caption ("… Ảnh: Hoàng Phong"). */
export function isCredited(text: string): boolean {
  return text.length <= maxCreditedLength && creditPattern.test(text.normalize('NFC')) && !isByline(text)
}
