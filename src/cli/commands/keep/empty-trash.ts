import type { Command } from '../../command'
import { answerOf } from '../../call-method'
import { openedOrNoted } from '../../options/open-if-exists'

/** `bantin empty-trash`: deletes for good what is in the trash. */
export const command: Command = {
  takesNoWords: true,
  options: {},
  async run(context) {
    const app = await openedOrNoted(context)
    const { changed } = app === null ? { changed: [] } : await answerOf(app, 'emptyTrash', { ids: null })
    return { json: { changed }, lines: [context.say('cli.emptied', { count: changed.length })] }
  },
}
