/**
 * Returns the number of pages of a PDF from Chromium. The function reads the `/Count` of the root of the page tree,
 * which Chromium does not compress. Returns 0 if the PDF has no `/Count`.
 */
export function countPdfPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g)]
  return Math.max(0, ...counts.map(([, a, b]) => Number(a ?? b)))
}
