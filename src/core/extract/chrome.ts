import { isDateLine } from '../text/dates'

/**
 * Words of a portal's own controls around an article, as Vietnamese portals print them (SHAPES, drop lists). A line
 * that holds nothing else is not content.
 */
const phrases = [
  'tăng cỡ chữ',
  'giảm cỡ chữ',
  'tăng kích cỡ chữ',
  'giảm kích cỡ chữ',
  'cỡ chữ',
  'kích thước chữ',
  'xem cỡ chữ',
  'in trang',
  'in bài viết',
  'in bài',
  'bản in',
  'gửi email',
  'gửi mail',
  'gửi bài viết',
  'gửi cho bạn bè',
  'chia sẻ bài viết',
  'chia sẻ',
  'đọc bài viết',
  'đọc bài',
  'nghe bài viết',
  'quay lại',
  'trở về',
  'về trang trước',
  'về đầu trang',
  'trang chủ',
  'lưu bài viết',
  'facebook',
  'twitter',
  'zalo',
  'a-',
  'a+',
  'a−',
]
const alternatives = phrases
  .sort((a, b) => b.length - a.length)
  .map((phrase) => phrase.replace(/[+]/g, String.raw`\+`).replace(/\s/g, String.raw`\s+`))
  .join('|')
const phrase = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu')
const counter = /(?:số\s+)?(?:lượt\s+(?:xem|đọc|truy cập)|view\s*count|views?)\s*:?\s*[\d.,]+/giu
/** "PublishingPortal - Block_BanTin_Toolbar": a web part's title printed above its content. */
const blockTitle = /^[\p{L}\d. ]{0,60}[-–:]\s*(?:Block|WebPart|Portlet)_[\w.]+$/u

/** What a line is when the portal's own controls are taken out of it. */
export type LineKind = { kind: 'block-title' } | { kind: 'chrome' } | { kind: 'date'; text: string } | { kind: 'text' }

/** Tells content from a portal's controls. A date may share its line with them. */
export function kindOfLine(line: string): LineKind {
  if (blockTitle.test(line)) return { kind: 'block-title' }
  if (line.length > 160) return { kind: 'text' }
  if (isDateLine(line)) return { kind: 'date', text: line }
  const rest = line
    .normalize('NFC')
    .replace(phrase, ' ')
    .replace(counter, ' ')
    .replace(/^[\s|•·,;:[\]()–—-]+|[\s|•·,;:[\]()–—-]+$/gu, '')
  if (rest === '') return { kind: 'chrome' }
  return rest !== line && isDateLine(rest) ? { kind: 'date', text: rest } : { kind: 'text' }
}
