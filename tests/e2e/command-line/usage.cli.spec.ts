import { jsonOf } from '../support/run-cli'
import { expect, test } from '../support/cli-test'

const refusals: readonly (readonly [name: string, exit: number, ...words: string[]])[] = [
  ['an unknown command', 2, 'frobnicate'],
  ['an unknown option', 2, 'list', '--nope'],
  ['an invalid date', 2, 'list', '--since', 'hôm qua'],
  ['import without a path', 2, 'import'],
  ['an unknown id', 4, 'show', '0000000000000000'],
  ['an id with path characters', 4, 'show', '../../etc/passwd'],
  ['marking an unknown id', 4, 'mark', '0000000000000000', '--read'],
  ['revisions of an unknown id', 4, 'revisions', '0000000000000000'],
  ['trashing an unknown id', 4, 'trash', '../x'],
  ['an id for a command that takes none', 2, 'empty-trash', '0000000000000000'],
  ['a word for a command that takes none', 2, 'list', 'bắc kạn'],
  ['an unsupported language', 2, 'list', '--lang', 'fr'],
  ['a fraction for a whole number', 2, 'list', '--limit', '1.5'],
  ['an empty value', 2, 'list', '--source', ''],
  ['an empty output name', 2, 'export', '--since', '2000-01-01', '-o', ''],
  ['a tag of spaces', 2, 'mark', '0000000000000000', '--tag', '  '],
  ['an option without its value', 2, 'list', '--limit', '--json'],
  ['a switch with a value', 2, 'list', '--unread=yes'],
  ['no command', 2, '--json'],
]
for (const [name, exit, ...words] of refusals)
  test(`${name} exits with ${exit} and prints one sentence`, ({ bantin }) => {
    bantin.importSample()
    const run = bantin.run(...words)
    expect(run.exit).toBe(exit)
    expect(run.err).toMatch(/^bantin: \S/m)
  })

test('the command line prints the reason of a refusal in the user’s language, and as JSON with --json', ({
  bantin,
}) => {
  for (const words of [['list', '--nope'], ['list', '--limit'], ['list', '-x'], ['--json'], ['empty-trash', 'x']]) {
    // The messages of Node's parseArgs are in English only.
    expect(bantin.run(...words).err, words.join(' ')).not.toMatch(/\b(?:option|argument|command|the)\b/i)
    const refused = bantin.run('--lang', 'en', ...words, '--json')
    expect(refused.err, words.join(' ')).not.toMatch(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/)
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'wrong-usage' } })
  }
  expect(bantin.json('--version')).toEqual({ version: expect.stringMatching(/^\d/) as unknown })
})

test('`bantin empty-trash` with an id is refused and deletes nothing', ({ bantin }) => {
  const id = bantin.importSample()
  bantin.json('trash', id)
  expect(bantin.run('empty-trash', id).exit).toBe(2)
  expect(bantin.json('list', '--in-trash')).toMatchObject({ total: 1 })
})

test('the help lists every command in both languages', ({ bantin }) => {
  const names = ['import', 'list', 'search', 'show', 'mark', 'revisions', 'diff', 'print', 'trash', 'restore']
  const more = ['empty-trash', 'verify', 'reindex', 'backup', 'restore-backup', 'doctor', 'serve', 'repairs']
  for (const language of ['vi', 'en']) {
    const { out, exit } = bantin.run('--help', '--lang', language)
    expect(exit).toBe(0)
    for (const name of [...names, ...more]) expect(out, language).toMatch(new RegExp(`(^|\\s)${name}\\s`))
  }
})

test('the option --help prints the help of its command, even if the command line has other arguments', ({ bantin }) => {
  for (const words of [
    ['print', '--help'],
    ['--help', 'print'],
    ['print', '-h', '--nope'],
  ]) {
    const { exit, out } = bantin.run(...words)
    expect(exit, words.join(' ')).toBe(0)
    expect(out).toMatch(/^bantin print /)
    expect(out).toContain('--template')
    expect(out).not.toContain('--accept-certificate')
  }
  expect(bantin.run('print', '--help', '--lang', 'en').out).toContain('Examples:')
  expect(bantin.run('--help').out).toContain('--accept-certificate')
  expect(bantin.run('frobnicate', '--help').exit).toBe(2)
})
