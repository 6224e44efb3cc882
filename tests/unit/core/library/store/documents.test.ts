import { execFileSync } from 'node:child_process'
import { appendFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { formatSchemas, schemasFolder } from '../../../../../scripts/format-schemas.mjs'
import { listFiles } from '../../../../../src/core/library/store/commit'
import * as documents from '../../../../../src/core/library/store/documents'
import { readmeText } from '../../../../../src/core/library/store/readme'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const page = await readFile(join(schemasFolder, '..', 'library-1.md'), 'utf8')

/** Returns the names of all fields in a JSON Schema, and the values of its enums. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {}, enum: choices = [] } = schema as { properties?: object; enum?: unknown[] }
  const below = Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'properties' ? Object.values(value as object).flatMap(wordsOf) : key === 'enum' ? [] : wordsOf(value),
  )
  return [...Object.keys(properties), ...choices.filter((choice) => typeof choice === 'string'), ...below]
}

describe('the published format of a library', () => {
  it('the published schemas are equal to those in the code (npm run schemas updates them)', async () => {
    const expected = formatSchemas(documents)
    expect((await readdir(schemasFolder)).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, text] of Object.entries(expected))
      expect(await readFile(join(schemasFolder, name), 'utf8'), name).toBe(text)
  })

  it('control: formatSchemas reports a document without a schema', () => {
    expect(() => formatSchemas({ ...documents, otherDocument: z.object({}) })).toThrow('otherDocument')
  })

  it('docs/format/library-1.md explains every field and every enum value of every schema', () => {
    for (const [name, text] of Object.entries(formatSchemas(documents)))
      expect(
        [...new Set(wordsOf(JSON.parse(text)))].filter((word) => !page.includes(`\`${word}\``)),
        name,
      ).toEqual([])
  })

  it('control: wordsOf finds the fields and enum values of a schema', () => {
    expect(wordsOf(z.toJSONSchema(z.object({ a: z.array(z.object({ b: z.enum(['c']) })) })))).toEqual(['a', 'b', 'c'])
  })

  it('docs/format/library-1.md lists every file of a library, and README.txt lists every file of a bulletin', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    const other = await library.add(additionOf({ title: 'Bỏ đi' }))
    await library.mark([id], { starred: true })
    await library.trash([other.id])
    await library.emptyTrash(null)
    await library.verify({ isRecorded: true })
    const inside = await readdir(join(root, folder))
    const below = (await readdir(root)).filter((name) => !/^tmp$|^index\.sqlite-/.test(name))
    for (const name of [...inside, ...below]) expect(page, name).toContain(name)
    for (const name of inside.filter((each) => each !== 'bulletin.json')) expect(readmeText, name).toContain(name)
    await library.close()
    expect(await readFile(join(root, 'README.txt'), 'utf8')).toBe(readmeText)
    for (const path of await listFiles(root))
      if (path.endsWith('.json')) expect(JSON.parse(await readFile(join(root, path), 'utf8')), path).toBeDefined()
  })

  it.skipIf(process.platform === 'win32')(
    'the shell command in the published format finds a changed file',
    async () => {
      const root = await temporaryFolder()
      const library = await openTestLibrary(root)
      await library.add(additionOf())
      const command = /^ {6}(find .*)$/m.exec(page)?.[1] ?? 'false'
      const check = (): string =>
        execFileSync('sh', ['-c', `mkdir -p trash; ${command}`], { cwd: root, stdio: 'pipe' }).toString()
      expect(check()).toBe('')
      const { folder } = await library.add(additionOf({ title: 'Tin hai' }))
      await appendFile(join(root, folder, 'revisions/0001.json'), ' ')
      expect(check()).toContain('revisions/0001.json: FAILED')
    },
  )
})
