import { parseAddress } from './resolve-address'

/**
 * The address of a page, or null if it has none. `received`: where the page came from. `canonical`: the address that
 * the page declares for itself, which counts only on the page's own host.
 */
export function choosePageAddress(received: string | null, canonical: string | null): string | null {
  const from = received === null ? null : parseAddress(received)
  if (from === null || !/^https?:$/.test(from.protocol)) return canonical
  const named = canonical === null ? null : parseAddress(canonical)
  return named?.hostname === from.hostname ? named.href : from.href
}

/** How far into a page what saved it leaves its note. */
const maxSearchedLength = 8192

/**
 * The address a page was saved from, as the browser that saved it noted in a comment: Internet Explorer, Chrome and
 * Edge `saved from url=(0042)https://…`, SingleFile `url: https://…`. Null where there is none, or none on the web.
 */
export function findSavedFromUrl(html: string): string | null {
  const head = html.slice(0, maxSearchedLength)
  const browser = /<!--\s{0,20}saved from url=\(\d{1,6}\)\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const singleFile = /<!--\s{0,20}Page saved with SingleFile\s+url:\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const url = URL.parse((browser ?? singleFile)?.[1]?.replace(/--$/, '') ?? '')
  return url === null ? null : url.href
}
