import { AppError } from '../../shared/errors'
import { type CommandContext, textOption } from '../command'

/** The day (YYYY-MM-DD) of an option; undefined where it was not given. Throws `wrong-usage` for what is no day. */
export function dayOption(context: CommandContext, name: string): string | undefined {
  const day = textOption(context, name)
  if (day === undefined) return undefined
  // 30 February parses as 1 March.
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day)
  if (isDay) return day
  throw new AppError('wrong-usage', `--${name}: no day`, { reason: context.say('cli.bad-date') })
}
