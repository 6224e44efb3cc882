/**
 * Returns the address of the first usable proxy in a PAC answer ("PROXY host:port; DIRECT"). Returns null for a direct
 * connection. Returns null also if the answer has only SOCKS proxies, because Node does not support SOCKS.
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
