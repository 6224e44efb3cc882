import type { ListItem } from '../../../../shared/bulletin'
import { callHost } from '../../bridge'
import { vietnamToday } from '../../lib/format'
import { attempt } from '../report-error'

/** The largest page that the contract allows. */
const pageSize = 500

/**
 * Returns this week's bulletins, from Monday on, oldest first. If they cannot be loaded, reports the error and returns
 * null.
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
