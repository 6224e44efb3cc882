import type { App } from '../../core/app-interface'
import type { CommandContext } from '../command'

/**
 * Opens the library for a command that takes no ids. If there is no library, the function prints a note and returns
 * null. The command then has nothing to do, which is not a failure.
 */
export async function openIfExists(context: CommandContext): Promise<App | null> {
  if (await context.hasLibrary()) return context.open('write')
  context.note(context.say('error.library-not-found', { path: context.paths.library }))
  return null
}
