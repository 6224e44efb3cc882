/** The scheme of each kind of proxy in a PAC answer. Chromium resolves the name itself only for version 4 of SOCKS. */
const schemes: Partial<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5h',
}

/**
 * Returns the address of the first usable proxy in a PAC answer ("PROXY host:port; DIRECT"). Returns null for a direct
 * connection.
 */
export function proxyOf(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', place] = entry.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    const scheme = schemes[kind]
    if (scheme !== undefined && place !== undefined) return `${scheme}://${place}`
  }
  return null
}
