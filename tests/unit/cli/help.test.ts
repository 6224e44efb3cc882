import { parseArgs } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type CommandName, commands, isCommandName } from '../../../src/cli/command-registry'
import { commandHelp, helpOf } from '../../../src/cli/help'
import { languages } from '../../../src/shared/settings/setting-values'
import { translate } from '../../../src/shared/locales/translate'

const names = Object.keys(commands).filter(isCommandName)
const everywhere = { library: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const

/** The words of an example as a shell gives them. */
function wordsOf(example: string): string[] {
  return [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** The options a help names, and whether each says that it takes a value. */
function optionsIn(name: CommandName, language: 'vi' | 'en'): Map<string, boolean> {
  const told = commandHelp[name].options.map((key) => {
    const [option = ''] = translate(language, key).split(/ {2,}/)
    const [, long = '', value] = /^(?:-\w, )?--([a-z-]+)(?: (\S.*))?$/.exec(option) ?? []
    return [long, value !== undefined] as const
  })
  return new Map(told)
}

describe('bantin COMMAND --help', () => {
  it.each(names)('%s: names every option it takes and no other, in both languages', async (name) => {
    const { command } = await commands[name]()
    const taken = Object.entries(command.options).map(([option, { type }]) => [option, type === 'string'] as const)
    for (const language of languages)
      expect([...optionsIn(name, language)].toSorted(), language).toEqual(taken.toSorted())
  })

  it.each(names)('%s: its examples are command lines that are taken', async (name) => {
    const examples = commandHelp[name].examples.map(wordsOf)
    expect(examples.some(([first]) => first === name)).toBe(true)
    for (const [first = '', ...rest] of examples) {
      if (!isCommandName(first)) throw new Error(`no command: ${first}`)
      const { command } = await commands[first]()
      const options = { ...everywhere, ...command.options }
      expect(() => parseArgs({ args: rest, options, allowPositionals: true, strict: true })).not.toThrow()
    }
  })

  it.each(names)('%s: says how it is called and what it does, with no place left open', (name) => {
    for (const language of languages) {
      const text = helpOf(name, language)
      expect(text.split('\n')[0]).toMatch(new RegExp(`^bantin ${name}(?: |$)`))
      expect(text).toContain(translate(language, commandHelp[name].about))
      expect(text).not.toMatch(/\{\w+\}/)
    }
  })

  it('every command stands in the general help too', () => {
    for (const language of languages)
      for (const name of names)
        expect(translate(language, 'cli.help')).toMatch(new RegExp(`(?:^|[^a-z-])${name} `, 'm'))
  })
})
