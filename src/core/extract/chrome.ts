import { isDateLine } from '../text/dates'
import { fold } from '../text/fold'

/**
 * Words of a portal's own controls around an article, as Vietnamese portals print them (SHAPES, drop lists). A line
 * that holds nothing else is not content.
 */
const phrases = [
  ...['tăng', 'giảm', 'phóng to', 'thu nhỏ'].flatMap((verb) => [`${verb} cỡ chữ`, `${verb} kích cỡ chữ`]),
  ...['cỡ chữ', 'kích cỡ chữ', 'kích thước chữ', 'xem cỡ chữ', 'xem với cỡ chữ', 'cỡ chữ mặc định', 'màu chữ'],
  ...['tương phản', 'độ tương phản', 'chế độ tương phản', 'chế độ đọc', 'a-', 'a+', 'a−', 'a–', 'aa', 't-', 't+'],
  ...['in trang', 'in trang này', 'in bài viết', 'in bài', 'in tin', 'bản in', 'bản để in', 'print', 'email'],
  ...['gửi email', 'gửi mail', 'gửi e-mail', 'gửi bài viết', 'gửi tin', 'gửi cho bạn bè', 'gửi qua email'],
  ...['chia sẻ bài viết', 'chia sẻ', 'chia sẻ facebook', 'chia sẻ zalo', 'chia sẻ lên facebook', 'thích', 'share'],
  ...['like', 'tweet', 'facebook', 'twitter', 'zalo', 'copy link', 'sao chép liên kết', 'lưu bài viết', 'lưu tin'],
  ...['đọc bài viết', 'đọc bài', 'nghe bài viết', 'nghe đọc bài', 'nghe nội dung', 'đọc tin', 'tải về'],
  ...['quay lại', 'trở về', 'trở lại', 'về trang trước', 'về đầu trang', 'lên đầu trang', 'đầu trang', 'trang chủ'],
  ...['đánh giá bài viết', 'gửi bình luận', 'ý kiến bạn đọc', 'gửi ý kiến', 'bình luận', 'phản hồi', 'theo dõi'],
]
const alternatives = phrases
  .sort((a, b) => b.length - a.length)
  .map((phrase) => phrase.replace(/[+]/g, String.raw`\+`).replace(/\s/g, String.raw`\s+`))
  .join('|')
const phrase = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu')
/** The middle one of "A- A A+". */
const plainSize = /(?<![\p{L}\p{N}])a(?![\p{L}\p{N}])/giu
const counter =
  /(?:(?:tổng\s+)?số\s+)?(?:lượt\s+(?:xem|đọc|truy\s?cập|thích)|lần\s+xem|đã\s+xem|view\s?count|views?|hits)\s*:?\s*[\d.,]+|(?<!\d)[\d.,]+\s*(?:lượt\s+(?:xem|đọc)|views?|bình\s+luận)(?!\p{L})/giu
/** "PublishingPortal - Block_BanTin_Toolbar": a web part's title, a name and an identifier, printed above its content. */
const blockTitle =
  /^(?:[\p{L}\d._ ]{1,60}\s?[-–:]\s?)?((?:block|webpart|portlet|module|zone)_\w+|(?<=[-–:]\s?)[a-z]\w*_\w+)(?:\s?[([]\d+[)\]])?$/iu
const sideBlock =
  /lien_?quan|tin_?khac|bai_?khac|related|other|binh_?luan|comment|footer|menu|banner|quang_?cao|lien_?ket/i
const breadcrumbs = /^(?:trang chủ|home)\s*[>»›/|→\\-]|^[^.!?>»›→]{2,60}(?:[>»›→][^.!?>»›→]{2,60}){2,6}$/iu
const field =
  /[|•·–—-]?\s*(?:(chuyên mục|danh mục|nguồn(?: tin)?|đăng bởi|người đăng|người gửi)|(tác giả|người viết))\s*:\s*([^|•·\d]{1,80})/giu
const othersHeading =
  /^(?:các\s+)?(?:tin|bài)(?:\s+(?:viết|đăng|tức))?\s+(?:có\s+)?(?:liên\s+quan|khác|cùng\s+(?:chuyên\s+)?mục|mới\s+hơn|cũ\s+hơn|đã\s+(?:đưa|đăng)|mới\s+nhất)\s*[:.…]*$|^(?:xem\s+thêm|đọc\s+thêm|có\s+thể\s+bạn\s+quan\s+tâm|related\s+(?:posts|news))\s*[:.…]*$/iu

/** What a line is when the portal's own controls are taken out of it. */
export type LineKind =
  | { kind: 'text' | 'chrome' | 'others' }
  /** `isSide`: the block holds no part of the article. */
  | { kind: 'block-title'; isSide: boolean }
  /** `author`: named on the same line ("08/09/2020 | Tác giả: …"). */
  | { kind: 'date'; text: string; author: string | null }

/**
 * Tells content from a portal's controls (`chrome`), from the title of a block, from a line that says only when (it
 * may share its line with controls, a counter, a section's name), and from the heading of a list of other articles.
 */
export function kindOfLine(received: string): LineKind {
  if (received.length > 200) return { kind: 'text' }
  const line = received.normalize('NFC').trim()
  const block = blockTitle.exec(line)
  if (block !== null) return { kind: 'block-title', isSide: sideBlock.test(fold(block[1] ?? '')) }
  if (isDateLine(line)) return { kind: 'date', text: line, author: null }
  if (othersHeading.test(line)) return { kind: 'others' }
  const rest = trimmed(line.replace(phrase, ' ').replace(counter, ' '))
  if (rest === '' || breadcrumbs.test(line)) return { kind: 'chrome' }
  if (rest !== trimmed(line) && rest.replace(plainSize, '').trim() === '') return { kind: 'chrome' }
  let author: string | null = null
  const bare = trimmed(
    rest.replace(field, (_whole, _other: string | undefined, byline: string | undefined, value: string) => {
      if (byline !== undefined) author = trimmed(value)
      return ' '
    }),
  )
  return bare !== line && isDateLine(bare) ? { kind: 'date', text: bare, author } : { kind: 'text' }
}

/** Whether a text is the heading of a list of other articles. */
export function isOthersHeading(text: string): boolean {
  return text.length <= 60 && othersHeading.test(text.normalize('NFC').trim())
}

function trimmed(text: string): string {
  return text.replace(/^[\s|•·,;:[\]()–—/-]+|[\s|•·,;:[\]()–—/-]+$/gu, '')
}
