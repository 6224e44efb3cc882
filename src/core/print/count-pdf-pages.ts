/**
 * The number of pages of a PDF from Chromium: the `/Count` of the root of its page tree. Chromium writes page trees
 * uncompressed. Returns 0 if there is no count.
 */
export function countPdfPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g)]
  return Math.max(0, ...counts.map(([, a, b]) => Number(a ?? b)))
}
