import { parseAddress } from './resolve-address'

/** Whether two addresses have the same host. The host for AMP pages or for phones counts as the same. */
function isSameSite(a: URL, b: URL): boolean {
  const [host, other] = [a, b].map(({ hostname }) => hostname.replace(/^(?:www|amp|m|mobile)\.(?=[^.]+\.)/, ''))
  return host === other
}

/**
 * Chooses the address of a page. `received` is the address that the page came from. `canonical` is the address that the
 * page declares. If `received` is a web address, the declared address is chosen only if both have the same host.
 * Returns null if the page has neither address.
 */
export function choosePageAddress(received: string | null, canonical: string | null): string | null {
  const from = received === null ? null : parseAddress(received)
  if (from === null || !/^https?:$/.test(from.protocol)) return canonical
  const named = canonical === null ? null : parseAddress(canonical)
  return named !== null && isSameSite(named, from) ? named.href : from.href
}

/** Length in characters of the beginning of a saved page that is searched for the comment with the original address. */
const maxSearchedLength = 8192

/**
 * Finds the address that a page was saved from, in the comment of the browser that saved it. Internet Explorer, Chrome
 * and Edge write `saved from url=(0042)https://…`, SingleFile writes `url: https://…`, HTTrack writes `Mirrored from …`. Returns null if the page has no
 * such comment, or if the comment has no http(s) address.
 */
export function findSavedFromUrl(html: string): string | null {
  const head = html.slice(0, maxSearchedLength)
  const browser = /<!--\s{0,20}saved from url=\(\d{1,6}\)\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const singleFile = /<!--\s{0,20}Page saved with SingleFile\s+url:\s{0,20}(https?:\/\/[^\s<>"]{1,4000})/i.exec(head)
  const mirror =
    /<!--\s{0,20}Mirrored from\s{1,20}((?:https?:\/\/)?[^\s<>"]{4,4000})\s{1,20}by HTTrack/i.exec(head)?.[1] ?? null
  const mirrored = mirror === null ? undefined : /^https?:/i.test(mirror) ? mirror : `http://${mirror}`
  const found = (browser ?? singleFile)?.[1]?.replace(/--$/, '') ?? mirrored
  const url = URL.parse(found ?? '')
  return url === null ? null : url.href
}
