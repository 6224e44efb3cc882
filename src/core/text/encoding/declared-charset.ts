/** Bytes at a page's beginning that are searched; WHATWG asks for 1024, old portals put scripts before their meta. */
const searchedBytes = 4096

/** The charset a page declares for itself, in a meta element or its XML declaration; null where it declares none. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, searchedBytes))
    .toString('latin1')
    .replace(/<!--[\s\S]*?-->/g, '')
  const meta = /<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:()-]{1,40})/i.exec(head)
  const xml = /^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:()-]{1,40})/i.exec(head)
  return (xml ?? meta)?.[1] ?? null
}
