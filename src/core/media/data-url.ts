/** Returns the bytes of a `data:` address (RFC 2397). Returns null if the address is not valid. */
export function decodeDataUrl(address: string): Uint8Array | null {
  const [, parameters, content] = /^data:([^,]{0,200}),(.*)$/is.exec(address) ?? []
  if (parameters === undefined || content === undefined) return null
  try {
    const text = decodeURIComponent(content)
    return /;\s*base64\s*$/i.test(parameters) ? Buffer.from(text, 'base64') : Buffer.from(text, 'utf8')
  } catch {
    return null // the percent-encoding is invalid
  }
}
