import { constants } from 'node:os'
import { AppError, type ErrorCode, type ErrorShape, toErrorShape } from '../shared/errors'
import type { Language } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'
import { version } from '../shared/version'
import type { App } from '../core/app-interface'
import { restrictNewFiles } from '../core/file-access'
import { type CommandContext, exitCodes } from './command'
import { commands, isCommandName } from './command-registry'
import { createOutput, type Output } from './output'
import { defaultConfigFolder, findPaths } from './paths'
import { createProgress } from './progress'
import { hasSwitch, languageOf, parseArguments, splitCommand, usageError } from './parse-arguments'

/** Runs one command and returns its exit code. Results go to stdout, and all other messages go to stderr. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const controller = new AbortController()
  const language = languageOf(argv)
  const wantsJson = hasSwitch(argv, '--json')
  const output = createOutput()
  const interrupt = createInterrupt(controller)
  for (const signal of endSignals) process.on(signal, interrupt)
  let app: App | null = null
  try {
    const { name, rest } = splitCommand(argv)
    if (name === null) return await runWithoutCommand(rest, { language, output, wantsJson })
    if (!isCommandName(name)) throw usageError(translate(language, 'cli.unknown-command', { name }))
    if (hasSwitch(rest, '--help', '-h')) {
      const { helpOf } = await import('./help')
      output.print(helpOf(name, language))
      await output.flush()
      return exitCodes.done
    }
    const { command } = await commands[name]()
    const { values, args } = parseArguments(rest, command.options, language)
    if (command.takesNoWords === true && args.length > 0) {
      const { commandHelp } = await import('./help')
      throw usageError(translate(language, commandHelp[name].usage, { command: name }))
    }
    restrictNewFiles({ share: process.env['BANTIN_SHARE'], ownFolder: defaultConfigFolder(process.env) })
    const paths = findPaths(typeof values['library'] === 'string' ? values['library'] : undefined, process.env)
    const progress = createProgress(output.progressStream)
    const context: CommandContext = {
      args,
      options: values,
      language,
      json: wantsJson,
      paths,
      say: (key, given) => translate(language, key, given),
      print: output.print,
      note: output.note,
      signal: controller.signal,
      run: { signal: controller.signal, onProgress: progress.show },
      async hasLibrary() {
        const { isLibrary } = await import('../core/library/store/library-document')
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
    if (wantsJson) output.print(JSON.stringify(result.json, null, 2))
    else if (result.lines.length > 0) output.print(result.lines.join('\n'))
    await output.flush()
    return result.exit ?? exitCodes.done
  } catch (thrown) {
    return await report(thrown, { language, output, wantsJson })
  } finally {
    for (const signal of endSignals) process.off(signal, interrupt)
    await closeApp(app)
  }
}

/**
 * The signals that end a command: Ctrl C, the end of the session, a closed terminal window and, on Windows, Ctrl Break.
 */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const

/**
 * The time in ms after the first signal, in which further signals are ignored. A signal after this time ends the
 * process immediately. The first signal ends the command in order.
 */
const secondSignalMs = 1_000

/**
 * Returns a signal handler that aborts the controller. conf, which writes the settings, sends every signal to the
 * process a second time. This copy must not count as a second signal of the user.
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

/** The output settings of one run of the command line. */
interface RunContext {
  language: Language
  output: Output
  wantsJson: boolean
}

/** Prints the help or the version if no command is given. Throws `wrong-usage` if there are any other arguments. */
async function runWithoutCommand(rest: string[], { language, output, wantsJson }: RunContext): Promise<number> {
  const { values } = parseArguments(rest, {}, language)
  if (values['version'] === true) output.print(wantsJson ? JSON.stringify({ version }) : `bantin ${version}`)
  else if (rest.length === 0 || values['help'] === true) output.print(translate(language, 'cli.help'))
  else throw usageError(translate(language, 'cli.no-command'))
  await output.flush()
  return exitCodes.done
}

const exitOf: Partial<Record<ErrorCode, number>> = {
  'wrong-usage': exitCodes.wrongUsage,
  // The contract refuses an invalid argument of the user with this code.
  'invalid-input': exitCodes.wrongUsage,
  'library-locked': exitCodes.libraryInUse,
  'bulletin-not-found': exitCodes.noSuchId,
  'revision-not-found': exitCodes.noSuchId,
  'repair-not-found': exitCodes.noSuchId,
  // Without a library no bulletin exists, so the exit code is the same as for an unknown id.
  'library-not-found': exitCodes.noSuchId,
  'source-not-found': exitCodes.noSuchId,
  'refresh-not-found': exitCodes.noSuchId,
  'no-chromium': exitCodes.missing,
  'wrong-code': exitCodes.wrongUsage,
  'wrong-pages': exitCodes.wrongUsage,
  internal: exitCodes.bug,
}

/** Reports an error on stderr in the language of the user. With `--json`, also reports the error as data on stdout. */
async function report(thrown: unknown, { language, output, wantsJson }: RunContext): Promise<number> {
  const error: ErrorShape = toErrorShape(thrown)
  const sentence = translate(language, `error.${error.code}`, error.details)
  output.note(`bantin: ${sentence}`)
  if (error.code === 'internal') output.note(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown))
  if (wantsJson) output.print(JSON.stringify({ error: { ...error, message: sentence } }, null, 2))
  // A second error, such as a failed write to stdout, is ignored, because the first error decides the exit code.
  await output.flush().catch(() => undefined)
  return exitOf[error.code] ?? exitCodes.someFailed
}
