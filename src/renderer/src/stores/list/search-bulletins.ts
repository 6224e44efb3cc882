import { callHost, getErrorShape } from '../../bridge'
import type { Row } from '../../lib/list/list-query'
import { reportError } from '../report-error'

/**
 * Searches the whole library for the best matches of a text, or for the newest bulletins if the text is empty. If the
 * search fails, reports the error and returns null.
 */
export async function searchBulletins(text: string, maxRows: number): Promise<readonly Row[] | null> {
  const page = { filter: {}, offset: 0, limit: maxRows }
  const search = { ...page, query: text, order: 'best' as const, isTyping: true, mostCounted: maxRows }
  try {
    return (await (text === '' ? callHost('listBulletins', page) : callHost('searchBulletins', search))).items
  } catch (thrown) {
    // The host drops a waiting search when a newer one arrives.
    if (getErrorShape(thrown).code !== 'cancelled') reportError(thrown)
    return null
  }
}
