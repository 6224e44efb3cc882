/** Maximum width of a chosen picture, in pixels. A picture of this width is sharp enough to fill a printed page. */
const maxWidth = 2000

/**
 * Returns the address of the widest picture in a `srcset` that is not wider than `maxWidth`. If all pictures are wider,
 * returns the address of the narrowest one. Returns null if the `srcset` lists no picture.
 */
export function pickSrcsetAddress(set: string): string | null {
  const sorted = parseSrcset(set).sort((a, b) => a.width - b.width)
  return (sorted.findLast(({ width }) => width <= maxWidth) ?? sorted[0])?.address ?? null
}

/**
 * Parses a `srcset`. Returns the address and the width in pixels of each picture. A density such as `2x` is converted
 * to a width of 1000 pixels for each `x`.
 */
export function parseSrcset(set: string): { address: string; width: number }[] {
  return [...set.slice(0, 20_000).matchAll(/\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)/g)].map(
    ([, address = '', size, unit]) => ({
      address,
      width: size === undefined ? 1 : Number(size) * (unit === 'x' ? 1000 : 1),
    }),
  )
}
