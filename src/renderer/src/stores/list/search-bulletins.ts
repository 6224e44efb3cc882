import { callHost } from '../../bridge'
import type { Row } from '../../lib/list/list-query'
import { attempt } from '../report-error'

/**
 * The best matches of a text in the whole library, or the newest bulletins if the text is empty. If the library cannot
 * be searched, reports the error and returns null.
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
