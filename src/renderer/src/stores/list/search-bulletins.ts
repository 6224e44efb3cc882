import { callHost } from '../../bridge'
import type { Row } from '../../lib/list/list-query'
import { attempt } from '../report-error'

/**
 * Searches the whole library for the best matches of a text, or for the newest bulletins if the text is empty. If the
 * search fails, reports the error and returns null.
 */
export async function searchBulletins(text: string, maxRows: number): Promise<readonly Row[] | null> {
  const page = { filter: {}, offset: 0, limit: maxRows }
  const reply = await attempt(() =>
    text === ''
      ? callHost('listBulletins', page)
      : callHost('searchBulletins', { ...page, query: text, order: 'best', isTyping: true, mostCounted: maxRows }),
  )
  return reply?.items ?? null
}
