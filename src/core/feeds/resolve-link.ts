/** Maximum number of characters of an address. Servers refuse longer addresses. */
const maxAddressLength = 4096
/**
 * Matches the beginning of an address that has fewer than two slashes: "http:moc.gov.vn/tin", "https:/moc.gov.vn/tin".
 */
const missingSlashes = /^(https?):\/?(?=(?:[a-z\d-]{1,63}\.){1,8}(?:vn|com|net|org|info|asia)(?:[:/?#]|$))/i

/**
 * Resolves a link against `base`. Returns an absolute http or https address without its fragment. Returns null for any
 * other link: `javascript:`, `mailto:`, an empty link, or an address with a user name. Adds missing slashes to a link
 * that contains a host, because such a link is never a path.
 */
export function resolveLink(link: string, base: string): string | null {
  const given = link.trim()
  if (given === '' || given.startsWith('#') || given.length > maxAddressLength) return null
  const url = URL.parse(given.replace(missingSlashes, '$1://'), base)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.hash = ''
  return url.href
}
