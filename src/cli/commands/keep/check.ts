import { AppError } from '../../../shared/errors'
import { vietnamClock } from '../../../shared/text/vietnam-time'
import type { Command } from '../../command'
import { callMethod } from '../../../core/call-method'

/** `bantin check CODE`: tells whether a printed page has the same text as the bulletin in the library. */
export const command: Command = {
  options: {},
  async run(context) {
    const code = context.args.join(' ')
    if (code === '') throw new AppError('wrong-usage', 'check: usage', { reason: context.say('cli.check-usage') })
    const app = await context.open('read')
    const found = await callMethod(app, 'checkCode', { code })
    const { match, id, title, capturedAt, isCurrent } = found
    if (!match || capturedAt === null) return { json: found, lines: [context.say('check.unknown')] }
    return {
      json: found,
      lines: [
        context.say('check.match', vietnamClock(capturedAt)),
        `${id ?? ''}  ${title ?? ''}`,
        ...(isCurrent ? [] : [context.say('check.older')]),
        context.say('check.meaning'),
      ],
    }
  },
}
