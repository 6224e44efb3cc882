/**
 * The number of bytes at the start of a page in which the function looks for a declaration. WHATWG requires 1024, but
 * old portals put scripts before their `<meta>`.
 */
const searchedBytes = 4096

/**
 * Finds the charset that a page declares in a `<meta>` element or an XML declaration. Returns null if the page declares
 * no charset.
 */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, searchedBytes))
    .toString('latin1')
    .replace(/<!--[\s\S]*?-->/g, '')
  const meta = /<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:()-]{1,40})/i.exec(head)
  const xml = /^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:()-]{1,40})/i.exec(head)
  return (xml ?? meta)?.[1] ?? null
}
