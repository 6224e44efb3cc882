import type { ParseArgsConfig } from 'node:util'
import type { App, AppOptions } from '../core/app-interface'
import type { Run } from '../core/jobs'
import type { Paths } from '../core/ports'
import type { Language } from '../shared/settings/setting-values'
import type { SentenceKey, SentenceValues } from '../shared/locales/translate'

/** Exit codes of the command line (CLI.md: a contract). */
export const exitCodes = {
  done: 0,
  someFailed: 1,
  wrongUsage: 2,
  libraryInUse: 3,
  noSuchId: 4,
  missing: 5,
  bug: 70,
} as const

/** What a command runs with. */
export interface CommandContext {
  /** Arguments that are not options. */
  args: readonly string[]
  /** The command's own options as parsed. */
  options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  language: Language
  json: boolean
  paths: Paths
  /** The sentence in the reader's language. */
  say(key: SentenceKey, values?: SentenceValues): string
  /** A line of the result, on stdout. */
  print(line: string): void
  /** A line for the person watching, on stderr. */
  note(line: string): void
  /** Aborted by Ctrl C. */
  signal: AbortSignal
  /** How long work is followed: Ctrl C cancels it. A terminal shows one line that changes, anything else plain lines. */
  run: Run
  /** Whether there is a library; what only changes what is there creates none. */
  hasLibrary(): Promise<boolean>
  /** Opens a library for writing that is there. Throws `library-not-found`. */
  openExisting(): Promise<App>
  /** Opens the library; closed when the command ends. */
  open(access: AppOptions['access']): Promise<App>
}

/** One command: `json` is printed with `--json`, `lines` without; `exit` is 0 unless said otherwise. */
export interface CommandResult {
  json: unknown
  lines: readonly string[]
  exit?: number
}

/** A command of the table in CLI.md. */
export interface Command {
  options: NonNullable<ParseArgsConfig['options']>
  /** Refuses words that are no options: `empty-trash ID` would else delete all. */
  takesNoWords?: boolean
  /** Returns null when it has printed all itself (`serve`). */
  run(context: CommandContext): Promise<CommandResult | null>
}

/** The value of a text option, or undefined. */
export function textOption(context: Pick<CommandContext, 'options'>, name: string): string | undefined {
  const value = context.options[name]
  return typeof value === 'string' ? value : undefined
}

/** Whether a switch was given. */
export function isSet(context: Pick<CommandContext, 'options'>, name: string): boolean {
  return context.options[name] === true
}

/** All values of an option that may be repeated. */
export function textOptions(context: CommandContext, name: string): string[] {
  const value = context.options[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
