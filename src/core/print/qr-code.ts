import { encode } from 'uqr'

/**
 * Renders an address as a QR code. The code is an SVG with a single path, so that the printed code is sharp. Returns
 * null if the address is too long.
 */
export function renderQrCode(address: string, label: string): string | null {
  try {
    const { data, size } = encode(address, { ecc: 'M', border: 2 })
    const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
    // The caller has already escaped `label`. The address is also printed beside the code.
    return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
  } catch {
    return null // the address is longer than a QR code can hold (2,953 bytes)
  }
}
