import type { Command } from './command'

/**
 * All commands. The code of a command is loaded when the command is called. The command `list`, for example, does not
 * load the code of `serve`.
 */
export const commands = {
  import: () => import('./commands/collect/import'),
  add: () => import('./commands/collect/add'),
  source: () => import('./commands/collect/source'),
  refresh: () => import('./commands/collect/refresh'),
  list: () => import('./commands/find/list'),
  search: () => import('./commands/find/search'),
  show: () => import('./commands/find/show'),
  mark: () => import('./commands/keep/mark'),
  trash: () => import('./commands/keep/trash'),
  restore: () => import('./commands/keep/restore'),
  'empty-trash': () => import('./commands/keep/empty-trash'),
  revisions: () => import('./commands/keep/revisions'),
  diff: () => import('./commands/keep/diff'),
  reread: () => import('./commands/keep/reread'),
  repairs: () => import('./commands/keep/repairs'),
  backup: () => import('./commands/keep/backup'),
  'restore-backup': () => import('./commands/keep/restore-backup'),
  print: () => import('./commands/output/print'),
  export: () => import('./commands/output/export'),
  check: () => import('./commands/keep/check'),
  verify: () => import('./commands/keep/verify'),
  reindex: () => import('./commands/keep/reindex'),
  doctor: () => import('./commands/doctor'),
  serve: () => import('./commands/serve'),
  app: () => import('./commands/app'),
} satisfies Readonly<Record<string, () => Promise<{ command: Command }>>>

/** The name of a command, as the user types it. */
export type CommandName = keyof typeof commands

/** Tells whether a word is a {@link CommandName}. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word)
}
