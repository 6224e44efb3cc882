import { encode } from 'uqr'

/** An address as a QR code: an SVG of one path, so that print stays sharp. Null where it is too long for one. */
export function renderQrCode(address: string, label: string): string | null {
  try {
    const { data, size } = encode(address, { ecc: 'M', border: 2 })
    const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
    // The label is a sentence of ours; the address stands beside the code as text.
    return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
  } catch {
    return null // more than a QR code holds (2,953 bytes): the address itself is printed all the same
  }
}
