import { constants } from 'node:os'
import { AppError, type ErrorCode, type ErrorShape, toErrorShape } from '../shared/errors'
import { type Language, languages } from '../shared/setting-choices'
import { translate } from '../shared/translate'
import { version } from '../shared/version'
import type { App } from '../core/app'
import { type Command, type CommandContext, exitCodes } from './command'
import { commands, isCommandName } from './commands'
import { findPaths } from './places'
import { createProgress } from './progress'

const globalOptions = {
  library: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

/** Runs one command; returns the exit code. Results go to stdout, everything else to stderr. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const controller = new AbortController()
  const language = languageOf(argv)
  const wantsJson = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json')
  const interrupt = createInterrupt(controller)
  for (const signal of endSignals) process.on(signal, interrupt)
  let app: App | null = null
  try {
    const { name, rest } = splitCommand(argv)
    if (name === null) return printHelp(language, rest)
    if (!isCommandName(name)) throw usageError(translate(language, 'cli.unknown-command', { name }))
    if (asksForHelp(rest)) {
      const { helpOf } = await import('./help')
      process.stdout.write(`${helpOf(name, language)}\n`)
      return exitCodes.done
    }
    const { command } = await commands[name]()
    const { values, positionals } = parseOptions(rest, command)
    const paths = findPaths(typeof values['library'] === 'string' ? values['library'] : undefined, process.env)
    const progress = createProgress(() => process.stderr)
    const context: CommandContext = {
      args: positionals,
      options: values,
      language,
      json: wantsJson,
      paths,
      say: (key, given) => translate(language, key, given),
      print: (line) => void process.stdout.write(`${line}\n`),
      note: (line) => void process.stderr.write(`${line}\n`),
      progress: progress.show,
      signal: controller.signal,
      async hasLibrary() {
        const { isLibrary } = await import('../core/library/about')
        return isLibrary(paths.library)
      },
      async openExisting() {
        if (await context.hasLibrary()) return context.open('write')
        const path = paths.library
        throw new AppError('library-not-found', `${name}: no library at ${path}`, { path })
      },
      async open(access) {
        const { openApp } = await import('./open-app')
        app = await openApp(paths, { access, offerSample: false, program: `bantin ${name}` })
        return app
      },
    }
    const result = await command.run(context)
    progress.end()
    if (result === null) return exitCodes.done
    if (wantsJson) context.print(JSON.stringify(result.json, null, 2))
    else for (const line of result.lines) context.print(line)
    return result.exit ?? exitCodes.done
  } catch (thrown) {
    return report(thrown, language, wantsJson)
  } finally {
    for (const signal of endSignals) process.off(signal, interrupt)
    await closeApp(app)
  }
}

/** Ctrl C, the end of the session, a window that was closed and, on Windows, Ctrl Break. */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const

/** After a first signal the command ends in order; one that comes later than this ends the program at once. */
const secondSignalMs = 1_000

/**
 * Aborts at a signal. conf's file writer sends every signal on to the process once more, to end it: that echo is not a
 * second wish of the reader's.
 */
function createInterrupt(controller: AbortController): (signal: NodeJS.Signals) => void {
  let firstMs: number | null = null
  return (signal) => {
    if (firstMs !== null && performance.now() - firstMs > secondSignalMs) process.exit(128 + constants.signals[signal])
    firstMs ??= performance.now()
    controller.abort()
  }
}

async function closeApp(app: App | null): Promise<void> {
  await app?.close()
}

/** The first word is the command, wherever the global options stand. */
function splitCommand(argv: readonly string[]): { name: string | null; rest: string[] } {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--library' || word === '--lang') at += 1
    else if (!word.startsWith('-')) return { name: word, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] }
  }
  return { name: null, rest: [...argv] }
}

// As an import, node:util would load all it exports, assert's diff and the terminal's colours too: 8 of 80 ms (measured).
const { parseArgs } = process.getBuiltinModule('node:util')

function parseOptions(rest: string[], command: Command): { values: CommandContext['options']; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...globalOptions, ...command.options },
      allowPositionals: true,
      strict: true,
    })
    return { values, positionals }
  } catch (thrown) {
    throw usageError(thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
}

/** Whether help is asked for before whatever else is wrong with the words. */
function asksForHelp(rest: readonly string[]): boolean {
  const words = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined)
  return words.includes('--help') || words.includes('-h')
}

function usageError(reason: string, cause?: unknown): AppError {
  return new AppError('wrong-usage', `command line: ${reason}`, { reason }, { cause })
}

function languageOf(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = argv[at]?.includes('=') === true ? argv[at].split('=')[1] : argv[at + 1]
  return at >= 0 && languages.some((language) => language === word) && word === 'en' ? 'en' : 'vi'
}

function printHelp(language: Language, rest: readonly string[]): number {
  if (rest.includes('--version')) {
    process.stdout.write(`bantin ${version}\n`)
    return exitCodes.done
  }
  const isAsked = rest.length === 0 || rest.includes('--help') || rest.includes('-h')
  ;(isAsked ? process.stdout : process.stderr).write(`${translate(language, 'cli.help')}\n`)
  return isAsked ? exitCodes.done : exitCodes.wrongUsage
}

const exitOf: Partial<Record<ErrorCode, number>> = {
  'wrong-usage': exitCodes.wrongUsage,
  'library-locked': exitCodes.libraryInUse,
  'bulletin-not-found': exitCodes.noSuchId,
  'revision-not-found': exitCodes.noSuchId,
  'repair-not-found': exitCodes.noSuchId,
  // Where there is no library, there is no such id either.
  'library-not-found': exitCodes.noSuchId,
  'source-not-found': exitCodes.noSuchId,
  'refresh-not-found': exitCodes.noSuchId,
  'no-chromium': exitCodes.missing,
  'wrong-code': exitCodes.wrongUsage,
  'wrong-pages': exitCodes.wrongUsage,
  internal: exitCodes.bug,
}

/** Says what went wrong, in the reader's language on stderr, and as data on stdout with `--json`. */
function report(thrown: unknown, language: Language, json: boolean): number {
  const error: ErrorShape = toErrorShape(thrown)
  const sentence = translate(language, `error.${error.code}`, error.details)
  process.stderr.write(`bantin: ${sentence}\n`)
  if (error.code === 'internal')
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? '') : String(thrown)}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ error: { ...error, message: sentence } }, null, 2)}\n`)
  return exitOf[error.code] ?? exitCodes.someFailed
}
