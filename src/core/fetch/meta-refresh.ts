/** Maximum numbers of characters in a page that only leads to another page: of its HTML, its text and the address. */
const maxLengths = { html: 64 * 1024, text: 400, address: 4000 }
/** Maximum delay of a page that only leads to another page, in s. A page with a longer delay is meant to be read. */
const maxDelaySeconds = 10

/**
 * Returns the address to which a page leads by itself (`<meta http-equiv="refresh">`). Returns null if the page has no
 * such element, waits longer, or shows a text. A page that only loads itself again has no such address.
 */
export function findMetaRefresh(bytes: Uint8Array, mediaType: string | null): string | null {
  if (bytes.byteLength > maxLengths.html || (mediaType !== null && !/html/.test(mediaType))) return null
  const html = new TextDecoder()
    .decode(bytes)
    .replace(/<!--[\s\S]*?-->|<(script|style|noscript)\b[\s\S]*?<\/\1\s*>/gi, '')
  const element = /<meta\s[^>]{0,400}http-equiv\s*=\s*["']?refresh\b[^>]{0,4400}>/i.exec(html)?.[0]
  if (element === undefined) return null
  const content = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(element)
  const value = (content?.[1] ?? content?.[2] ?? content?.[3] ?? '').replaceAll('&amp;', '&')
  const [, delay = '', address = ''] =
    /^\s*(\d{1,5})(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?([^"']*?)["']?\s*$/i.exec(value) ?? []
  if (delay === '' || Number(delay) > maxDelaySeconds || address === '' || address.length > maxLengths.address)
    return null
  const text = html
    .replace(/<title\b[\s\S]*?<\/title\s*>|<[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= maxLengths.text ? address : null
}
