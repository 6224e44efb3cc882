import { AppError } from '../../../shared/errors'
import type { Command } from '../../command'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

/** `bantin revisions ID`: lists the revisions of a bulletin, the oldest first. */
export const command: Command = {
  options: {},
  async run(context) {
    const [id, ...more] = context.args
    if (id === undefined || more.length > 0)
      throw new AppError('wrong-usage', 'revisions: one id', { reason: context.say('cli.revisions-usage') })
    const app = await context.open('read')
    const revisions = await callMethod(app, 'listRevisions', { id }).catch((thrown: unknown) => {
      throw unknownId(thrown, id)
    })
    return {
      json: revisions,
      lines: revisions.map(
        ({ number, capturedAt, cause }) =>
          `${String(number).padStart(3)}  ${capturedAt.slice(0, 19)}Z  ${context.say(`cause.${cause}`)}`,
      ),
    }
  },
}
