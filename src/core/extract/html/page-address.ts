import { parseAddress } from './resolve-address'

/**
 * The address of a page, or null if it has none. `received`: where the page came from. `canonical`: the address that
 * the page declares for itself, which counts only on the page's own host.
 */
export function choosePageAddress(received: string | null, canonical: string | null): string | null {
  const from = received === null ? null : parseAddress(received)
  if (from === null || !/^https?:$/.test(from.protocol)) return canonical
  const named = canonical === null ? null : parseAddress(canonical)
  return named?.hostname === from.hostname ? named.href : from.href
}
