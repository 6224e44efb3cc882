/**
 * The proxy of a PAC answer ("PROXY host:port; DIRECT") as an address; the first that can be used. Null for a direct
 * connection, also where there are only SOCKS proxies, which Node does not speak.
 */
export function proxyOf(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind, place] = entry.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    if (kind === 'PROXY' && place !== undefined) return `http://${place}`
    if (kind === 'HTTPS' && place !== undefined) return `https://${place}`
  }
  return null
}
