import type { App } from '../../core/app-interface'
import type { Filter } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { maxIds } from '../../shared/max-ids'
import type { SentenceKey } from '../../shared/locales/translate'
import { type CommandContext, textOption } from '../command'
import { callMethod } from '../../core/call-method'
import { filterOf } from './filter-options'
import { unknownId } from '../commands/find/show'

const pageSize = 200

/**
 * Returns the ids of the bulletins that a command works on: the given ids, or the results of a query or filter. The
 * results begin with the oldest bulletin, as in a printed edition. Throws `wrong-usage` with the usage of the command
 * if the user gave neither or both. Throws `wrong-usage` also if the query finds more bulletins than one command may
 * take.
 */
export async function resolveIds(
  app: Pick<App, 'call'>,
  context: Pick<CommandContext, 'args' | 'options' | 'say'>,
  usage: SentenceKey,
): Promise<string[]> {
  const query = textOption(context, 'query')
  const filter = filterOf(context)
  const isFiltered = query !== undefined || Object.keys(filter).length > 0
  if (isFiltered === context.args.length > 0)
    throw new AppError('wrong-usage', 'bulletin ids: either ids or a query', { reason: context.say(usage) })
  if (!isFiltered) return [...new Set(context.args)]
  const given = textOption(context, 'limit')
  const limit = given === undefined ? Infinity : Number(given)
  if ((given !== undefined && !Number.isInteger(limit)) || limit < 0)
    throw new AppError('wrong-usage', 'bulletin ids: bad --limit', { reason: context.say('cli.bad-limit') })
  const ids: string[] = []
  while (ids.length < Math.min(limit, maxIds)) {
    const { total, items } = await pageOf(app, query, filter, ids.length)
    // If the query finds too many bulletins, the command fails, because it must not silently work on only some of them.
    if (Math.min(limit, total) > maxIds) {
      const reason = context.say('cli.too-many', { count: total, max: maxIds })
      throw new AppError('wrong-usage', `bulletin ids: ${total} found`, { reason })
    }
    if (items.length === 0) break
    ids.push(...items.map(({ id }) => id))
  }
  return ids.slice(0, limit).reverse()
}

/**
 * Returns the revision that the user gave with `--revision`, by the id of the only given bulletin. Throws
 * `bulletin-not-found` for an unknown id and `revision-not-found` for an unknown revision. Throws `wrong-usage` if the
 * number is invalid or if the user did not give exactly one bulletin.
 */
export async function resolveRevisions(
  app: App,
  context: CommandContext,
  usage: SentenceKey,
): Promise<Record<string, number>> {
  const given = textOption(context, 'revision')
  const [only, ...more] = context.args
  if (given !== undefined && (only === undefined || more.length > 0 || !/^[1-9]\d{0,5}$/.test(given)))
    throw new AppError('wrong-usage', 'bulletin ids: bad --revision', { reason: context.say(usage) })
  const revision = given === undefined ? {} : { revision: Number(given) }
  for (const id of context.args)
    await callMethod(app, 'getBulletin', { id, ...revision }).catch((thrown: unknown) => {
      throw unknownId(thrown, id)
    })
  return only === undefined || given === undefined ? {} : { [only]: Number(given) }
}

async function pageOf(
  app: Pick<App, 'call'>,
  query: string | undefined,
  filter: Filter,
  offset: number,
): Promise<{ total: number; items: { id: string }[] }> {
  const page = { filter, offset, limit: pageSize }
  return query === undefined
    ? await callMethod(app, 'listBulletins', page)
    : await callMethod(app, 'searchBulletins', { ...page, query, order: 'newest' })
}
