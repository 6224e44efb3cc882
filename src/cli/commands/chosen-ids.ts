import type { App } from '../../core/app'
import type { Filter } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { mostIds } from '../../shared/ids'
import type { SentenceKey } from '../../shared/translate'
import { type CommandContext, textOption } from '../command'
import { answerOf } from './answer'
import { filterOf } from './filters'
import { unknownId } from './show'

const pageSize = 200

/**
 * The bulletins a command is to work on: the ids given, or those a query or filter finds, oldest first (an edition is
 * read forward). Throws `wrong-usage` with the command's usage where neither or both are given.
 */
export async function chosenIds(app: App, context: CommandContext, usage: SentenceKey): Promise<string[]> {
  const query = textOption(context, 'query')
  const filter = filterOf(context)
  const isFiltered = query !== undefined || Object.keys(filter).length > 0
  if (isFiltered === context.args.length > 0) throw new AppError('wrong-usage', 'usage', { reason: context.say(usage) })
  if (!isFiltered) return [...new Set(context.args)]
  const given = textOption(context, 'limit')
  const limit = given === undefined ? mostIds : Number(given)
  if (!Number.isInteger(limit) || limit < 0)
    throw new AppError('wrong-usage', 'bad --limit', { reason: context.say('cli.bad-limit') })
  const ids: string[] = []
  while (ids.length < Math.min(limit, mostIds)) {
    const found = await pageOf(app, query, filter, ids.length)
    if (found.length === 0) break
    ids.push(...found)
  }
  return ids.slice(0, Math.min(limit, mostIds)).reverse()
}

/**
 * The revision that `--revision` names of the one bulletin given. Throws `bulletin-not-found` where one of the ids given is
 * none, `revision-not-found`, and `wrong-usage`.
 */
export async function namedRevisions(
  app: App,
  context: CommandContext,
  usage: SentenceKey,
): Promise<Record<string, number>> {
  const given = textOption(context, 'revision')
  const [only, ...more] = context.args
  if (given !== undefined && (only === undefined || more.length > 0 || !/^[1-9]\d{0,5}$/.test(given)))
    throw new AppError('wrong-usage', 'bad --revision', { reason: context.say(usage) })
  const revision = given === undefined ? {} : { revision: Number(given) }
  for (const id of context.args)
    await answerOf(app, 'getBulletin', { id, ...revision }).catch((thrown: unknown) => {
      throw unknownId(thrown, id)
    })
  return only === undefined || given === undefined ? {} : { [only]: Number(given) }
}

async function pageOf(app: App, query: string | undefined, filter: Filter, offset: number): Promise<string[]> {
  const page = { filter, offset, limit: pageSize }
  const { items } =
    query === undefined
      ? await answerOf(app, 'listBulletins', page)
      : await answerOf(app, 'searchBulletins', { ...page, query, order: 'newest' })
  return items.map(({ id }) => id)
}
