/** Widest candidate of a set that is worth keeping: what fills a page in print. */
const maxWidth = 2000

/** The widest candidate of a set that is no wider than needed, else the narrowest one above (HTML, srcset). */
export function pickSrcsetAddress(set: string): string | null {
  const sorted = parseSrcset(set).sort((a, b) => a.width - b.width)
  return (sorted.findLast(({ width }) => width <= maxWidth) ?? sorted[0])?.address ?? null
}

/** The candidates of a set with their widths; a density counts as 1000 pixels for each `x`. */
export function parseSrcset(set: string): { address: string; width: number }[] {
  return [...set.slice(0, 20_000).matchAll(/\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)/g)].map(
    ([, address = '', size, unit]) => ({
      address,
      width: size === undefined ? 1 : Number(size) * (unit === 'x' ? 1000 : 1),
    }),
  )
}
