import type { ParseArgsConfig } from 'node:util'
import type { App, AppOptions } from '../core/app-interface'
import type { Run } from '../core/jobs'
import type { Paths } from '../core/ports'
import type { Language } from '../shared/settings/setting-values'
import type { SentenceKey, SentenceValues } from '../shared/locales/translate'

/** The exit codes of the command line. Users' scripts depend on these codes, so no version may change a code. */
export const exitCodes = {
  done: 0,
  someFailed: 1,
  wrongUsage: 2,
  libraryInUse: 3,
  noSuchId: 4,
  missing: 5,
  bug: 70,
} as const

/** The context of a running command. */
export interface CommandContext {
  /** The arguments that are not options. */
  args: readonly string[]
  /** The parsed options of the command. */
  options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  language: Language
  json: boolean
  paths: Paths
  /** Returns a sentence in the language of the user. */
  say(key: SentenceKey, values?: SentenceValues): string
  /** Writes a line of the result to stdout. */
  print(line: string): void
  /** Writes a line for the user to stderr. */
  note(line: string): void
  /** A signal that Ctrl C aborts. */
  signal: AbortSignal
  /**
   * The signal and the progress function for a job of this command. Ctrl C cancels the job. The progress goes to
   * stderr.
   */
  run: Run
  /** Tells whether the library exists. A command that only changes existing bulletins does not create a library. */
  hasLibrary(): Promise<boolean>
  /** Opens an existing library for writing. Throws `library-not-found`. */
  openExisting(): Promise<App>
  /** Opens the library in the given access mode. The library is closed when the command ends. */
  open(access: AppOptions['access']): Promise<App>
}

/**
 * The result of a command. The program prints `json` with the option `--json`, and `lines` without it. The default of
 * `exit` is 0.
 */
export interface CommandResult {
  json: unknown
  lines: readonly string[]
  exit?: number
}

/** One command of the command line. */
export interface Command {
  options: NonNullable<ParseArgsConfig['options']>
  /**
   * Whether the command refuses arguments that are not options. If `empty-trash` accepted such arguments, `empty-trash
   * ID` would delete everything in the trash.
   */
  takesNoWords?: boolean
  /** Runs the command. Returns null if the command has printed its whole result itself, as `serve` does. */
  run(context: CommandContext): Promise<CommandResult | null>
}

/** Returns the value of a text option. Returns undefined if the option is not given. */
export function textOption(context: Pick<CommandContext, 'options'>, name: string): string | undefined {
  const value = context.options[name]
  return typeof value === 'string' ? value : undefined
}

/** Tells whether a switch is given. A switch is an option without a value. */
export function isSet(context: Pick<CommandContext, 'options'>, name: string): boolean {
  return context.options[name] === true
}

/** Returns all values of a repeatable option. */
export function textOptions(context: CommandContext, name: string): string[] {
  const value = context.options[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
