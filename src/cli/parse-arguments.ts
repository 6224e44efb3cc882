import { AppError } from '../shared/errors'
import { type Language, languages } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'
import type { Command, CommandContext } from './command'

const globalOptions = {
  library: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies Command['options']

/** A parsed command line. */
export interface ParsedArguments {
  values: CommandContext['options']
  args: string[]
}

/**
 * Returns the language in the option `--lang`. If the language is unknown or the command line is invalid, returns
 * Vietnamese.
 */
export function languageOf(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = argv[at]?.includes('=') === true ? argv[at].split('=')[1] : argv[at + 1]
  return at >= 0 && word === 'en' ? 'en' : 'vi'
}

/** Tells whether a switch is given anywhere before `--`. */
export function hasSwitch(argv: readonly string[], ...names: readonly string[]): boolean {
  const words = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined)
  return words.some((word) => names.includes(word))
}

/**
 * Separates the name of the command from the other arguments. The name is the first word that is neither a global
 * option nor the value of a global option.
 */
export function splitCommand(argv: readonly string[]): { name: string | null; rest: string[] } {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--library' || word === '--lang') at += 1
    else if (!word.startsWith('-')) return { name: word, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] }
  }
  return { name: null, rest: [...argv] }
}

// `process.getBuiltinModule` returns parseArgs without an import statement. An import statement would load all exports
// of node:util and cost 8 of 80 ms (measured).
const { parseArgs } = process.getBuiltinModule('node:util')

/**
 * Parses options and arguments. Throws `wrong-usage` with a sentence in the language of the user. An empty value is an
 * error, because a shell passes an empty value for a variable that is not set. For example, `--library ""` would
 * otherwise mean the current folder.
 */
export function parseArguments(rest: string[], own: Command['options'], language: Language): ParsedArguments {
  const options: Command['options'] = { ...globalOptions, ...own }
  const { values, positionals, tokens } = parseArgs({
    args: rest,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = token.rawName
    const type = Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined
    if (type === undefined) throw usageError(translate(language, 'cli.unknown-option', { option }))
    const { value, inlineValue } = token
    // In "--limit --json" the value of --limit is missing. In "--limit=-1" the value is -1.
    const isMissing = value === undefined || value === '' || (inlineValue === false && /^-./.test(value))
    if (type === 'string' && isMissing) throw usageError(translate(language, 'cli.option-value', { option }))
    if (type === 'boolean' && value !== undefined) throw usageError(translate(language, 'cli.option-alone', { option }))
  }
  const lang = values['lang']
  if (lang !== undefined && !languages.some((known) => known === lang))
    throw usageError(translate(language, 'cli.bad-lang'))
  return { values, args: positionals }
}

/** Creates the error `wrong-usage` with the reason in the language of the user. */
export function usageError(reason: string): AppError {
  return new AppError('wrong-usage', `command line: ${reason}`, { reason })
}
