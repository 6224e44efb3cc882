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

/** A command line taken apart. */
export interface ParsedArguments {
  values: CommandContext['options']
  args: string[]
}

/** The language that was asked for: Vietnamese unless it is English, also where the words are wrong. */
export function languageOf(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = argv[at]?.includes('=') === true ? argv[at].split('=')[1] : argv[at + 1]
  return at >= 0 && word === 'en' ? 'en' : 'vi'
}

/** Whether an option without a value is given, wherever it stands before `--`. */
export function hasSwitch(argv: readonly string[], ...names: readonly string[]): boolean {
  const words = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined)
  return words.some((word) => names.includes(word))
}

/** The first word is the command, wherever the global options stand. */
export function splitCommand(argv: readonly string[]): { name: string | null; rest: string[] } {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--library' || word === '--lang') at += 1
    else if (!word.startsWith('-')) return { name: word, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] }
  }
  return { name: null, rest: [...argv] }
}

// As an import, node:util would load all it exports, assert's diff and the terminal's colours too: 8 of 80 ms (measured).
const { parseArgs } = process.getBuiltinModule('node:util')

/**
 * The options and the other words. An empty value is none: it is what a shell makes of a variable that is not set, and
 * `--library ""` would be the folder at hand. Throws `wrong-usage`, in the reader's language (parseArgs has only English).
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
    // "--limit --json" has forgotten its number; "--limit=-1" means what it says.
    const isForgotten = value === undefined || value === '' || (inlineValue === false && /^-./.test(value))
    if (type === 'string' && isForgotten) throw usageError(translate(language, 'cli.option-value', { option }))
    if (type === 'boolean' && value !== undefined) throw usageError(translate(language, 'cli.option-alone', { option }))
  }
  const lang = values['lang']
  if (lang !== undefined && !languages.some((known) => known === lang))
    throw usageError(translate(language, 'cli.bad-lang'))
  return { values, args: positionals }
}

/** What is wrong with the words, as an error. */
export function usageError(reason: string): AppError {
  return new AppError('wrong-usage', `command line: ${reason}`, { reason })
}
