import { parseArgs } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type CommandName, commands, isCommandName } from '../../../src/cli/command-registry'
import { commandHelp, helpOf } from '../../../src/cli/help'
import { languages } from '../../../src/shared/settings/setting-values'
import { translate } from '../../../src/shared/locales/translate'

const names = Object.keys(commands).filter(isCommandName)
const globalOptions = { library: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const

/** Splits the arguments of an example in the same way as a shell. */
function argumentsOf(example: string): string[] {
  return [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** Returns the options in the help of a command. The value of an option is true if the option takes an argument. */
function documentedOptions(name: CommandName, language: 'vi' | 'en'): Map<string, boolean> {
  const options = commandHelp[name].options.map((key) => {
    const [option = ''] = translate(language, key).split(/ {2,}/)
    const [, long = '', value] = /^(?:-\w, )?--([a-z-]+)(?: (\S.*))?$/.exec(option) ?? []
    return [long, value !== undefined] as const
  })
  return new Map(options)
}

describe('bantin COMMAND --help', () => {
  it.each(names)('`bantin COMMAND --help` lists exactly the options of “%s” in both languages', async (name) => {
    const { command } = await commands[name]()
    const accepted = Object.entries(command.options).map(([option, { type }]) => [option, type === 'string'] as const)
    for (const language of languages)
      expect([...documentedOptions(name, language)].toSorted(), language).toEqual(accepted.toSorted())
  })

  it.each(names)('`bantin COMMAND --help` gives only examples for “%s” that the command accepts', async (name) => {
    const examples = commandHelp[name].examples.map(argumentsOf)
    expect(examples.some(([first]) => first === name)).toBe(true)
    for (const [first = '', ...rest] of examples) {
      if (!isCommandName(first)) throw new Error(`no command: ${first}`)
      const { command } = await commands[first]()
      const options = { ...globalOptions, ...command.options }
      expect(() => parseArgs({ args: rest, options, allowPositionals: true, strict: true })).not.toThrow()
    }
  })

  it.each(names)(
    '`bantin COMMAND --help` shows the usage and the purpose of “%s”, and fills every placeholder',
    (name) => {
      for (const language of languages) {
        const text = helpOf(name, language)
        expect(text.split('\n')[0]).toMatch(new RegExp(`^bantin ${name}(?: |$)`))
        expect(text).toContain(translate(language, commandHelp[name].about))
        expect(text).not.toMatch(/\{\w+\}/)
      }
    },
  )
})

describe('bantin --help', () => {
  it('`bantin --help` lists every command', () => {
    for (const language of languages)
      for (const name of names)
        expect(translate(language, 'cli.help')).toMatch(new RegExp(`(?:^|[^a-z-])${name} `, 'm'))
  })
})
