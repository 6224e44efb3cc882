import type { App } from '../../core/app-interface'
import type { CommandContext } from '../command'

/**
 * The library that a command without an id changes; null where there is none, which is said and is no failure: there is
 * nothing to do.
 */
export async function openIfExists(context: CommandContext): Promise<App | null> {
  if (await context.hasLibrary()) return context.open('write')
  context.note(context.say('error.library-not-found', { path: context.paths.library }))
  return null
}
