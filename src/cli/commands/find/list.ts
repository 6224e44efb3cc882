import { AppError } from '../../../shared/errors'
import { type Command, textOption } from '../../command'
import { callMethod } from '../../../core/call-method'
import { filterOf, filterOptions } from '../../options/filter-options'

const pageSize = 500

/** `bantin list`: lists bulletins, the newest first. */
export const command: Command = {
  takesNoWords: true,
  options: { ...filterOptions, limit: { type: 'string' } },
  async run(context) {
    const filter = filterOf(context)
    const given = textOption(context, 'limit')
    const limit = given === undefined ? Infinity : Number(given)
    if ((given !== undefined && !Number.isInteger(limit)) || limit < 0)
      throw new AppError('wrong-usage', 'list: bad --limit', { reason: context.say('cli.bad-limit') })
    const app = await context.open('read')
    const first = await callMethod(app, 'listBulletins', {
      filter,
      offset: 0,
      limit: Math.max(1, Math.min(pageSize, limit)),
    })
    const { total } = first
    if (first.isPartial === true) context.note(context.say('cli.indexing'))
    const items = first.items.slice(0, limit)
    while (items.length < Math.min(total, limit)) {
      const count = Math.min(pageSize, limit - items.length)
      const next = await callMethod(app, 'listBulletins', { filter, offset: items.length, limit: count })
      if (next.items.length === 0) break
      items.push(...next.items)
    }
    return {
      json: { total, items, ...(first.isPartial === true ? { isPartial: true } : {}) },
      lines: [
        ...items.map(
          ({ id, publishedAt, read, starred, title }) =>
            `${id}  ${(publishedAt ?? '').slice(0, 10).padEnd(10)}  ${read ? ' ' : '•'}${starred ? '★' : ' '} ${title}`,
        ),
        context.say('cli.count', { count: total }),
      ],
    }
  },
}
