import type { App } from '../../core/app-interface'
import type { CommandContext } from '../command'

/**
 * Opens the library for a command that takes no ids. If there is no library, prints a note and returns null. Then the
 * command has nothing to do and succeeds.
 */
export async function openIfExists(context: CommandContext): Promise<App | null> {
  if (await context.hasLibrary()) return context.open('write')
  context.note(context.say('error.library-not-found', { path: context.paths.library }))
  return null
}
