import type { ListItem } from '../../../../shared/bulletin'
import { callHost } from '../../bridge'
import { vietnamToday } from '../../lib/format'
import { attempt } from '../report-error'

/** The maximum number of bulletins in one call that the contract allows. */
const pageSize = 500

/**
 * Returns the bulletins since Monday, the oldest first. If the bulletins cannot be loaded, reports the error and
 * returns null.
 */
export function fetchWeekBulletins(): Promise<ListItem[] | null> {
  const daysSinceMonday = (new Date(vietnamToday()).getUTCDay() + 6) % 7
  const filter = { since: vietnamToday(daysSinceMonday) }
  return attempt(async () => {
    const rows: ListItem[] = []
    for (let total = 1; rows.length < total;) {
      const page = await callHost('listBulletins', { filter, order: 'oldest', offset: rows.length, limit: pageSize })
      if (page.items.length === 0) break
      rows.push(...page.items)
      total = page.total
    }
    return rows
  })
}
