/** Longer addresses are none that a portal's page has; servers refuse them. */
const maxAddressLength = 4096

/**
 * A link as an absolute http(s) address without its fragment, resolved against `base`; null where it is none
 * (`javascript:`, `mailto:`, an empty link, an address with a user's name in it). Whether it may be asked for is the
 * fetcher's to say, at every hop.
 */
export function resolveLink(link: string, base: string): string | null {
  const given = link.trim()
  if (given === '' || given.startsWith('#') || given.length > maxAddressLength) return null
  const url = URL.parse(given, base)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.hash = ''
  return url.href
}
