import { AppError } from '../../shared/errors'
import { type CommandContext, textOption } from '../command'

/**
 * Returns the day (YYYY-MM-DD) of an option. Returns undefined if the option is not given. Throws `wrong-usage` for any
 * other value.
 */
export function dayOption(context: CommandContext, name: string): string | undefined {
  const day = textOption(context, name)
  if (day === undefined) return undefined
  // The parsed day must have the same text as the given day, because JavaScript parses 30 February as 1 March.
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day)
  if (isDay) return day
  throw new AppError('wrong-usage', `--${name}: not a day`, { reason: context.say('cli.bad-date') })
}
