import { AppError } from '../../../shared/errors'
import type { SearchResult } from '../../../shared/contract/api'
import { type Command, isSet, textOption } from '../../command'
import { callMethod } from '../../../core/call-method'
import { filterOf, filterOptions } from '../../options/filter-options'

const pageSize = 200
const usualLimit = 50

/**
 * `bantin search QUERY`: searches the full text. With `--json` or in a pipe, the signs « and » enclose the matches in a
 * snippet.
 */
export const command: Command = {
  options: { ...filterOptions, limit: { type: 'string' }, best: { type: 'boolean' } },
  async run(context) {
    const query = context.args.join(' ')
    const limit = Number(textOption(context, 'limit') ?? usualLimit)
    if (context.args.length === 0 || !Number.isInteger(limit) || limit < 0)
      throw new AppError('wrong-usage', 'search: usage', { reason: context.say('cli.search-usage') })
    const filter = filterOf(context)
    const order = isSet(context, 'best') ? 'best' : 'newest'
    const app = await context.open('read')
    const items: SearchResult['items'] = []
    let first: SearchResult | null = null
    do {
      const pageLimit = Math.max(1, Math.min(pageSize, limit - items.length))
      const page = await callMethod(app, 'searchBulletins', {
        query: query.slice(0, 20_000),
        filter,
        order,
        offset: items.length,
        limit: pageLimit,
      })
      first ??= page
      if (page.items.length === 0) break
      items.push(...page.items)
    } while (items.length < Math.min(limit, first.total))
    const found = items.slice(0, limit)
    if (first.isPartial === true) context.note(context.say('cli.indexing'))
    return {
      json: {
        total: first.total,
        spellings: first.spellings,
        items: found.map(({ snippet, ...item }) => ({ ...item, snippet: textOf(snippet) })),
        ...(first.isPartial === true ? { isPartial: true } : {}),
        ...(first.understoodAs === undefined ? {} : { understoodAs: first.understoodAs }),
      },
      lines: [
        ...(first.understoodAs === undefined ? [] : [context.say('cli.understood', { query: first.understoodAs })]),
        ...found.flatMap(({ id, publishedAt, title, snippet }) => [
          `${id}  ${(publishedAt ?? '').slice(0, 10).padEnd(10)}  ${title}`,
          `    ${textOf(snippet)}`,
        ]),
        context.say('cli.count', { count: first.total }),
        ...(first.spellings.length > 1
          ? [context.say('cli.spellings', { spellings: first.spellings.slice(1).join(', ') })]
          : []),
      ],
    }
  },
}

function textOf(snippet: SearchResult['items'][number]['snippet']): string {
  return snippet.map(({ text, isMatch }) => (isMatch ? `«${text}»` : text)).join('')
}
