import { AppError, type ErrorCode } from '../../../shared/errors'

/**
 * Maximum lengths in characters: of the text of a page that is not an article (`notice`), of a title or a line with a
 * message of the server (`title`), and of the text of a page that needs a script (`script`).
 */
const maxLengths = { notice: 600, title: 120, script: 60 }
/** Matches titles and texts of pages on which a server checks the browser. */
const challenge =
  /just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|attention required|ddos protection|enable cookies and reload|đang kiểm tra trình duyệt|xác (?:minh|nhận) (?:rằng )?bạn (?:là (?:con )?người|không phải (?:là )?(?:rô-?bốt|robot))/iu
/**
 * Matches the code of pages on which a server checks the browser. The code sets a cookie with a script and loads the
 * same address again.
 */
const challengeCode =
  /cf-browser-verification|cdn-cgi\/challenge-platform|_cf_chl_opt|slowAES|toNumbers\(|document\.cookie\s*=[^;]{1,400};[^<]{0,400}location|g-recaptcha|h-captcha|cf-turnstile/
const redirecting =
  /^(?:đang chuyển (?:hướng|trang|tiếp)|bạn (?:đang|sẽ) được chuyển|trang (?:đang|sẽ) (?:được )?chuyển|redirecting|you are being redirected|object moved|moved permanently|302 found|301 moved)/iu
const metaRefresh = /<meta[^>]{1,200}http-equiv\s*=\s*["']?refresh/i
const missing =
  /(?:^|[\s–—|:-])(?:lỗi\s*)?404(?!\p{L}|[\d/])|(?:page|file) not found|không tìm thấy (?:trang|bài(?: viết)?|nội dung|đường dẫn|tin)|(?:trang|bài viết|nội dung|đường dẫn|tin)(?: (?:này|bạn (?:yêu cầu|tìm|cần)|mà bạn \S+))? (?:không (?:còn )?tồn tại|đã (?:bị )?(?:xóa|xoá|gỡ))/iu
const needsScript =
  /(?:enable|requires?|turn on) javascript|javascript (?:is )?(?:disabled|required)|(?:bật|kích hoạt|cần|yêu cầu) javascript/iu

/** A page whose article is short or missing. */
export interface ShortPage {
  html: string
  documentTitle: string
  title: string
  /** The text that the extraction found. */
  text: string
  /** Whether the page has pictures or files for download. */
  hasMedia: boolean
}

/**
 * Returns the error code for a page that is not an article, or null for an article. Such a page checks the browser,
 * leads to another page, says that the article does not exist, shows its text only with a script, or has no text at
 * all.
 */
export function findRefusal({ html, documentTitle, title, text, hasMedia }: ShortPage): ErrorCode | null {
  if (text.length > maxLengths.notice) return null
  const [head, whole] = [documentTitle.trim(), `${title}\n${text}`.normalize('NFC')]
  if (challenge.test(head) || (challengeCode.test(html) && text.length < maxLengths.title)) return 'challenge-page'
  if (challenge.test(whole) && text.length < maxLengths.notice / 2) return 'challenge-page'
  const isTurned = [head, title, text].some((line) => redirecting.test(line.trim().normalize('NFC')))
  if (text.length < maxLengths.title * 2 && (isTurned || (text === '' && metaRefresh.test(html))))
    return 'redirect-page'
  const isMissing = (line: string): boolean => line.length <= maxLengths.title && missing.test(line.normalize('NFC'))
  if ((isMissing(head) || isMissing(title)) && missing.test(`${title} ${text}`.normalize('NFC'))) return 'missing-page'
  if (hasMedia) return null
  const hasScript = /<script\b/i.test(html)
  if (hasScript && (needsScript.test(text) || (text === '' && needsScript.test(html)))) return 'script-page'
  if (text !== '') return null
  return hasScript && /<div[^>]{0,200}\bid\s*=\s*["']?(?:root|app|__next|__nuxt|main)\b/i.test(html)
    ? 'script-page'
    : 'no-text'
}

/** Throws an error (details: name) if a page is not an article. See {@link findRefusal}. */
export function refuseEmptyPage(page: ShortPage, name: string): void {
  const code = findRefusal(page)
  if (code !== null) throw new AppError(code, `extract ${name}: ${code}`, { name })
}
