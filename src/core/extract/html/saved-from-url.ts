/** How far into a page what saved it leaves its note. */
const searched = 8192

/**
 * The address a page was saved from, as the browser that saved it noted in a comment: Internet Explorer, Chrome and
 * Edge `saved from url=(0042)https://…`, SingleFile `url: https://…`. Null where there is none, or none on the web.
 */
export function findSavedFromUrl(html: string): string | null {
  const head = html.slice(0, searched)
  const browser = /<!--\s{0,20}saved from url=\(\d{1,6}\)\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const singleFile = /<!--\s{0,20}Page saved with SingleFile\s+url:\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const url = URL.parse((browser ?? singleFile)?.[1]?.replace(/--$/, '') ?? '')
  return url === null ? null : url.href
}
