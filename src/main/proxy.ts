/**
 * The first usable proxy of a PAC answer ("PROXY host:port; DIRECT") as an address. Returns null for a direct connection,
 * and if there are only SOCKS proxies, which Node does not support.
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
