import type { RescueGrid } from '../../shared/refresh'
import type { CrawlState } from '../library/sources/refresh-documents'

/**
 * Counts, for each month, the entries that a source names (`found`), those that are stored (`kept`), and those that are
 * missing from the portal and not stored (`gone`). Ignores bulletins that the user deleted for good.
 */
export function createRescueGrid({ entries, isWhole }: CrawlState): RescueGrid {
  const none = { found: 0, kept: 0, gone: 0 }
  const months = new Map<string, typeof none>()
  const undated = { ...none }
  for (const { publishedAt, id, isDeleted, goneAt } of Object.values(entries)) {
    if (isDeleted === true) continue
    const month = /^\d{4}-\d{2}/.exec(publishedAt ?? '')?.[0]
    const counts = month === undefined ? undated : (months.get(month) ?? { ...none })
    if (month !== undefined) months.set(month, counts)
    counts.found += 1
    if (id !== null) counts.kept += 1
    else if (goneAt !== null) counts.gone += 1
  }
  return {
    months: [...months].map(([month, counts]) => ({ month, ...counts })).sort((a, b) => a.month.localeCompare(b.month)),
    undated,
    isWhole,
  }
}
