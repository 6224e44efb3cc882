import type { ListItem } from '../../../../shared/bulletin'
import { vietnamToday } from '../../lib/format'
import { callHost, getErrorShape } from '../../bridge'
import { useToasts } from '../toasts'

/** The contract's most rows of one page. */
const pageSize = 500

/** This week's bulletins, from Monday on, oldest first; null, and said so, where they can't be had. */
export async function fetchWeekBulletins(): Promise<ListItem[] | null> {
  const daysSinceMonday = (new Date(vietnamToday()).getUTCDay() + 6) % 7
  const filter = { since: vietnamToday(daysSinceMonday) }
  const rows: ListItem[] = []
  try {
    for (let total = 1; rows.length < total;) {
      const page = await callHost('listBulletins', { filter, order: 'oldest', offset: rows.length, limit: pageSize })
      if (page.items.length === 0) break
      rows.push(...page.items)
      total = page.total
    }
  } catch (thrown) {
    useToasts().show(getErrorShape(thrown))
    return null
  }
  return rows
}
