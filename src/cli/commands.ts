import type { Command } from './command'

/** Each command is loaded when it is called, so that `list` does not pay for `serve`. */
export const commands = {
  import: () => import('./commands/import'),
  add: () => import('./commands/add'),
  source: () => import('./commands/source'),
  refresh: () => import('./commands/refresh'),
  list: () => import('./commands/list'),
  search: () => import('./commands/search'),
  show: () => import('./commands/show'),
  mark: () => import('./commands/mark'),
  trash: () => import('./commands/trash'),
  restore: () => import('./commands/restore'),
  'empty-trash': () => import('./commands/empty-trash'),
  revisions: () => import('./commands/revisions'),
  diff: () => import('./commands/diff'),
  reread: () => import('./commands/reread'),
  repairs: () => import('./commands/repairs'),
  backup: () => import('./commands/backup'),
  'restore-backup': () => import('./commands/restore-backup'),
  print: () => import('./commands/print'),
  export: () => import('./commands/export'),
  check: () => import('./commands/check'),
  verify: () => import('./commands/verify'),
  reindex: () => import('./commands/reindex'),
  doctor: () => import('./commands/doctor'),
  serve: () => import('./commands/serve'),
} satisfies Readonly<Record<string, () => Promise<{ command: Command }>>>

/** The first word of a command line. */
export type CommandName = keyof typeof commands

/** Whether a word is a {@link CommandName}. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word)
}
