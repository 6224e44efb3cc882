import { isDateLine } from '../text/dates'
import { fold } from '../text/fold'

/** Labels of controls that portals print around an article. A line that contains only such labels is not content. */
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
  ...['advertisement', 'advert', 'ad', 'quảng cáo', 'image', 'caption', 'close', 'comment', 'comments', 'share this'],
  ...[
    'share this article',
    'share this story',
    'share on facebook',
    'share on twitter',
    'share via email',
    'pinterest',
  ],
  ...['linkedin', 'whatsapp', 'telegram', 'messenger', 'reddit', 'read more', 'continue reading', 'view gallery'],
  ...[
    'back to gallery',
    'view comments',
    'leave a comment',
    'post a comment',
    'show comments',
    'story continues below',
  ],
  ...['article continues below', 'subscribe', 'subscribe now', 'sign up', 'sign in', 'log in', 'skip ad', 'load more'],
  ...[
    'share this on whatsapp',
    'share this on facebook',
    'share this on twitter',
    'print this article',
    'save',
    'more',
  ],
  ...['click để đánh giá bài viết', 'nghe nội dung bài viết', 'thích bài viết', 'đóng cửa sổ', 'đóng', 'in bài này'],
  ...['đánh giá bài viết', 'gửi bình luận', 'ý kiến bạn đọc', 'gửi ý kiến', 'bình luận', 'phản hồi', 'theo dõi'],
]
const alternatives = phrases
  .sort((a, b) => b.length - a.length)
  .map((text) => text.replace(/[+]/g, String.raw`\+`).replace(/\s/g, String.raw`\s+`))
  .join('|')
const phrasePattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu')
/** Matches the single "A" of a text-size control such as "A- A A+". */
const plainSizePattern = /(?<![\p{L}\p{N}])a(?![\p{L}\p{N}])/giu
const counterPattern =
  /(?:(?:tổng\s+)?số\s+)?(?:lượt\s+(?:xem|đọc|truy\s?cập|thích)|lần\s+xem|đã\s+xem|view\s?count|views?|hits)\s*:?\s*[\d.,]+|(?<!\d)[\d.,]+\s*(?:lượt\s+(?:xem|đọc)|views?|bình\s+luận)(?!\p{L})|(?:tổng\s+số\s+điểm\s+(?:của\s+)?bài\s+viết(?:\s+là)?|xếp\s+hạng|trung\s+bình)\s*:?\s*\(?[\d.,/]+\)?\s*(?:(?:trong|[-–])\s*)?[\d.,]*\s*(?:đánh\s+giá|phiếu(?:\s+bầu)?)?\)?|(?:đang\s+(?:truy\s+cập|trực\s+tuyến|online)|(?:tổng\s+)?(?:số\s+)?(?:lượt\s+)?truy\s+cập(?:\s+(?:hôm\s+nay|trong\s+tháng))?|hôm\s+(?:nay|qua)|(?:tuần|tháng)\s+(?:này|trước))\s*:\s*[\d.,]+|[★☆✩✭⭐]+(?:\s*\(?[\d.,/]+\)?)?/giu
/**
 * Matches the title of a web part (one block of a SharePoint page). Some portals print such a title above the content
 * of the block ("PublishingPortal - Block_BanTin_Toolbar").
 */
const blockTitlePattern =
  /^(?:[\p{L}\d._ ]{1,60}\s?[-–:]\s?)?((?:block|webpart|portlet|module|zone)_\w+|(?<=[-–:]\s?)[a-z]\w*_\w+)(?:\s?[([]\d+[)\]])?$/iu
const sideBlockPattern =
  /lien_?quan|tin_?khac|bai_?khac|related|other|binh_?luan|comment|footer|menu|banner|quang_?cao|lien_?ket/i
const breadcrumbPattern = /^(?:trang chủ|home)\s*[>»›/|→\\-]|^[^.!?>»›→]{2,60}(?:[>»›→][^.!?>»›→]{2,60}){2,6}$/iu
const labelPattern =
  /[|•·–—-]?\s*(?:(chuyên mục|danh mục|thể loại|lĩnh vực|nguồn(?: tin)?|đăng bởi|người đăng|người gửi|người hỏi)|(tác giả|người viết))\s*:\s*([^|•·\d]{1,80})/giu
const relatedHeadingPattern =
  /^(?:(?:các|những|một\s+số)\s+)?(?:tin|bài|thông\s+tin|văn\s+bản)(?:\s+(?:viết|đăng|tức))?\s+(?:có\s+)?(?:liên\s+quan|khác|cùng\s+(?:chuyên\s+)?mục|mới\s+hơn|cũ\s+hơn|đã\s+(?:đưa|đăng)|mới(?:\s+nhất)?|nổi\s+bật|tiêu\s+điểm|(?:đọc|xem)\s+nhiều(?:\s+nhất)?)\s*[:.…]*$|^(?:xem\s+thêm|đọc\s+thêm|(?:đọc|xem)\s+nhiều(?:\s+nhất)?|có\s+thể\s+bạn\s+quan\s+tâm|có\s+thể\s+bạn\s+thích|related(?:\s+(?:posts?|news|articles?|stories|content|links|topics|coverage|video))?|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|more(?:\s+\S{1,20}){1,3}\s+(?:stories|news|articles|posts|coverage|reading)|(?:more|latest|top|popular|trending|recommended|most\s+(?:read|popular|viewed)|recent|other|editor['’]?s['’]?)(?:\s+(?:from|in|on|news|stories|posts|articles|now|picks|videos?|for\s+you|headlines)(?:\s+\S{1,20}){0,3})?|trending(?:\s+now)?|see\s+also|also\s+(?:read|see|on)(?:\s+\S{1,20}){0,2}|read\s+(?:more|next|also)|don['’]?t\s+miss|up\s+next|what\s+to\s+read\s+next)\s*[:.…]*$/iu

const stampWordPattern =
  /(?<!\p{L})(?:(?:first|last|was)?\s*(?:published|updated|posted|modified|created|date|on|at|by|source)|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|[ap]\.?m\.?|[a-z]{1,3}[sd]?t|gmt|utc|et|pt|th|st|nd|rd|às|(?:segunda|terça|quarta|quinta|sexta)-feira|sábado|domingo|de|janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro)(?!\p{L})/giu
const promotionPattern =
  /^[([*\s]*(?:follow\s+(?:us|me|him|her|the|@|[\p{Lu}])|subscribe\s+(?:to|now|here)|sign\s+up\s+(?:for|to|here)|click\s+here\s+(?:to|for)|get\s+(?:the|our|all)\s+.{0,60}(?:newsletter|inbox|app)|download\s+(?:the|our)\s+.{0,40}app|write\s+to\s+.{0,60}@|contact\s+.{0,60}@|have\s+a\s+(?:tip|story|question)|join\s+(?:our|us\s+on)|like\s+us\s+on|listen\s+to\s+.{0,60}(?:live|podcast)|bạn\s+đang\s+(?:đọc|xem)\s+(?:bài|tin)|(?:mời|kính\s+mời)\s+(?:quý\s+)?(?:vị|độc\s+giả|bạn\s+đọc|khán\s+giả).{0,60}(?:đón\s+(?:đọc|xem)|theo\s+dõi)|theo\s+dõi\s+(?:chúng\s+tôi|báo|kênh|.{0,40}\s+trên\s+(?:facebook|zalo|youtube|google|tiktok)))/iu
/** Matches the beginning of a line that only leads to another article ("Xem thêm: …", "READ MORE: …"). */
const readMorePattern =
  /^(?:[>»*•\s]*)(?:xem\s+(?:thêm|tiếp)|đọc\s+(?:thêm|tiếp)|tin\s+liên\s+quan|bài\s+liên\s+quan|(?:see|read|watch|find\s+out)\s+(?:more|also|next)|also\s+(?:read|see)|more|related(?:\s+(?:post|story|article|stories|posts|articles|content))?|don['’]t\s+miss|watch|must\s+read)\s*(?:[:>»]|$)/iu

/** Whether a line at the end of a text asks the user to follow, to subscribe or to write. */
export function isPromotion(text: string): boolean {
  return text.length <= 320 && promotionPattern.test(text.normalize('NFC').trim())
}

/** Whether a line near the title is only a date stamp in another language ("Published 2:16 AM EST Nov 20, 2019"). */
export function isDateStamp(text: string): boolean {
  if (text.length > 100 || !/\d{4}/.test(text)) return false
  const rest = text.replace(stampWordPattern, ' ').replace(/[\d\s.,:;|/()–—·•-]/gu, '')
  return rest === ''
}

/**
 * Whether a line with a date announces an appointment and not the date of the bulletin. Such a line is a list item or a
 * sentence, or the next line (`next`) contains the place or the participants.
 */
export function isAppointment(text: string, next: string): boolean {
  const [line, following] = [text, next].map((each) => each.normalize('NFC').trim())
  if (line === undefined || following === undefined) return false
  return (
    /^[-–+*•]\s|[.;]$/u.test(line) || /^[-–+*•]?\s*(?:địa\s+điểm|thành\s+phần|nơi\s+họp)(?!\p{L})/iu.test(following)
  )
}

/** Whether a line begins like a link to another article ("Xem thêm: …"). */
export function isReadMoreLine(text: string): boolean {
  return readMorePattern.test(text.normalize('NFC').trim())
}

/** What a line of a page is. See {@link classifyLine} for each kind. */
export type LineKind =
  | { kind: 'text' | 'control' | 'related' }
  /** `isSide` is true if the titled block is beside the article and not a part of the article. */
  | { kind: 'block-title'; isSide: boolean }
  /** `author` is the author on the same line ("08/09/2020 | Tác giả: …"), or null. */
  | { kind: 'date'; text: string; author: string | null }

/**
 * Classifies a line of a page. A `control` line contains only controls of the portal, a counter or a breadcrumb path. A
 * `block-title` line is the title of a web part. A `date` line contains a date, and may also contain controls, a
 * counter, an author or the name of a section. A `related` line is the heading of a list of other articles. Any other
 * line is `text`.
 */
export function classifyLine(received: string): LineKind {
  if (received.length > 200) return { kind: 'text' }
  const line = received.normalize('NFC').trim()
  const block = blockTitlePattern.exec(line)
  if (block !== null) return { kind: 'block-title', isSide: sideBlockPattern.test(fold(block[1] ?? '')) }
  if (isDateLine(line)) return { kind: 'date', text: line, author: null }
  if (relatedHeadingPattern.test(line)) return { kind: 'related' }
  const rest = trimSeparators(line.replace(phrasePattern, ' ').replace(counterPattern, ' '))
  if (rest === '' || breadcrumbPattern.test(line)) return { kind: 'control' }
  if (rest !== trimSeparators(line) && rest.replace(plainSizePattern, '').trim() === '') return { kind: 'control' }
  let author: string | null = null
  const bare = trimSeparators(
    rest.replace(labelPattern, (_whole, _other: string | undefined, byline: string | undefined, value: string) => {
      if (byline !== undefined) author = trimSeparators(value)
      return ' '
    }),
  )
  if (bare !== line && isDateLine(bare)) return { kind: 'date', text: bare, author }
  if (!/\d{4}/.test(bare)) return { kind: 'text' }
  const dates = bare.split(/\s+[|•·–—-]\s+|[;|]/u).filter((part) => trimSeparators(part) !== '')
  return dates.length > 1 && dates.every(isDateLine)
    ? { kind: 'date', text: trimSeparators(dates[0] ?? ''), author }
    : { kind: 'text' }
}

const commentsHeadingPattern =
  /^(?:ý\s+kiến\s+(?:bạn\s+đọc|của\s+bạn|độc\s+giả|phản\s+hồi)|bình\s+luận(?:\s+bài\s+viết)?|gửi\s+(?:bình\s+luận|ý\s+kiến|phản\s+hồi)|để\s+lại\s+(?:một\s+)?bình\s+luận|thăm\s+dò\s+ý\s+kiến|comments?|leave\s+a\s+(?:comment|reply))\s*(?:\(\s*\d+\s*\))?\s*:?$/iu

/** Whether a text is the heading of comments or of a poll. */
export function isCommentsHeading(text: string): boolean {
  return text.length <= 60 && commentsHeadingPattern.test(text.normalize('NFC').trim())
}

/** Whether a text is the heading of a list of other articles. */
export function isRelatedHeading(text: string): boolean {
  return text.length <= 60 && relatedHeadingPattern.test(text.normalize('NFC').trim())
}

function trimSeparators(text: string): string {
  return text.replace(/^[\s|•·,;:[\]()–—/-]+|[\s|•·,;:[\]()–—/-]+$/gu, '')
}
