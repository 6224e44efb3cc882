/**
 * How many pages a PDF made by Chromium has: the `/Count` of its page tree's root. Chromium writes page trees
 * uncompressed; 0 where none is found.
 */
export function countPdfPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g)]
  return Math.max(0, ...counts.map(([, a, b]) => Number(a ?? b)))
}
