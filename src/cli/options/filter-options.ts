import type { Filter } from '../../shared/bulletin'
import { filterSchema } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { type CommandContext, isSet, textOption } from '../command'

/** The filter options of every command that works on a list. */
export const filterOptions = {
  source: { type: 'string' },
  unread: { type: 'boolean' },
  starred: { type: 'boolean' },
  tag: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  'in-trash': { type: 'boolean' },
} as const

/**
 * Returns the filter that the options describe. Dates have the form YYYY-MM-DD. Throws `wrong-usage` if an option is
 * invalid.
 */
export function filterOf(context: Pick<CommandContext, 'options' | 'say'>): Filter {
  const texts = (['source', 'tag', 'since', 'until'] as const).flatMap((name) => {
    const value = textOption(context, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const parsed = filterSchema.safeParse({
    ...Object.fromEntries(texts),
    ...(isSet(context, 'unread') ? { unread: true } : {}),
    ...(isSet(context, 'in-trash') ? { inTrash: true } : {}),
    ...(isSet(context, 'starred') ? { starred: true } : {}),
  })
  if (parsed.success) return parsed.data
  const reason = context.say('cli.bad-date')
  throw new AppError('wrong-usage', `filter: ${parsed.error.message}`, { reason })
}
