import type { SentenceKey } from '../../../shared/locales/translate'
import { AppError } from '../../../shared/errors'
import type { Command } from '../../command'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

/**
 * Creates the command `bantin trash ID…` or `bantin restore ID…`. The first moves bulletins into the trash, and the
 * second moves them out of it.
 */
export function createTrashCommand(
  name: 'trash' | 'restore',
  method: 'trashBulletins' | 'restoreBulletins',
  done: SentenceKey,
): Command {
  return {
    options: {},
    async run(context) {
      const ids = [...context.args]
      if (ids.length === 0) {
        const reason = context.say('cli.trash-usage', { command: name })
        throw new AppError('wrong-usage', `${name}: no id`, { reason })
      }
      const app = await context.openExisting()
      const { changed } = await callMethod(app, method, { ids }).catch((thrown: unknown) => {
        throw unknownId(thrown, ...ids)
      })
      return { json: { changed }, lines: [context.say(done, { count: changed.length })] }
    },
  }
}
