/** Maximum length of an address, in characters. Servers refuse longer ones. */
const maxAddressLength = 4096
/** An address whose two slashes are incomplete: "http:moc.gov.vn/tin", "https:/moc.gov.vn/tin". */
const missingSlashes = /^(https?):\/?(?=(?:[a-z\d-]{1,63}\.){1,8}(?:vn|com|net|org|info|asia)(?:[:/?#]|$))/i

/**
 * Resolves a link against `base` to an absolute http or https address without its fragment. Returns null for any other
 * link: `javascript:`, `mailto:`, an empty link, an address with a user name. This function does not check the host,
 * because the fetcher checks the host of every hop. Repairs a link to a host whose slashes are missing, which browsers
 * would read as a path.
 */
export function resolveLink(link: string, base: string): string | null {
  const given = link.trim()
  if (given === '' || given.startsWith('#') || given.length > maxAddressLength) return null
  const url = URL.parse(given.replace(missingSlashes, '$1://'), base)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.hash = ''
  return url.href
}
