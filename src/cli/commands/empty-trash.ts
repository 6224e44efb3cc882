import type { Command } from '../command'
import { answerOf } from './answer'

/** `bantin empty-trash`: deletes for good what is in the trash. */
export const command: Command = {
  options: {},
  async run(context) {
    const app = await context.open('write')
    const { changed } = await answerOf(app, 'emptyTrash', { ids: null })
    return { json: { changed }, lines: [context.say('cli.emptied', { count: changed.length })] }
  },
}
