import type { Command } from '../../command'
import { callMethod } from '../../../core/call-method'
import { openIfExists } from '../../options/open-if-exists'

/** `bantin empty-trash`: permanently deletes the bulletins in the trash. */
export const command: Command = {
  takesNoWords: true,
  options: {},
  async run(context) {
    const app = await openIfExists(context)
    const { changed } = app === null ? { changed: [] } : await callMethod(app, 'emptyTrash', { ids: null })
    return { json: { changed }, lines: [context.say('cli.emptied', { count: changed.length })] }
  },
}
