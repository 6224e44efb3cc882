import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../../../faults/kill-driver'
import { openTestLibrary, temporaryFolder } from '../../support/library'

let writer = ''
beforeAll(async () => {
  writer = await bundle('writer-process')
}, 60_000)
afterAll(() => rm(dirname(writer), { recursive: true, force: true }))

/** Runs a writer process to its end. Returns the titles that it reported as stored. */
async function write(folder: string, name: string, count: number, end = ''): Promise<string[]> {
  const child = spawn(process.execPath, [writer, folder, name, String(count), end], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part))
  const [code] = (await once(child, 'close')) as [number | null]
  // A process that ends itself has no signal on Windows.
  expect(code).toBe(end !== 'dies' ? 0 : process.platform === 'win32' ? 1 : null)
  const lines = output.split('\n').filter(Boolean)
  const reports = lines.map((line) => JSON.parse(line) as { stored?: string; failed?: string })
  expect(reports.flatMap(({ failed }) => failed ?? [])).toEqual([])
  return reports.flatMap(({ stored }) => stored ?? [])
}

async function titlesIn(folder: string): Promise<string[]> {
  const library = await openTestLibrary(join(folder, 'library'))
  const { items } = await library.list({}, 0, 500)
  const groups = await library.groups()
  expect(groups.tags.reduce((sum, { count }) => sum + count, 0)).toBe(items.length)
  expect((await library.verify({})).damaged).toEqual([])
  await library.close()
  return items.map(({ title }) => title).sort()
}

describe('several processes that write to one library at the same time', () => {
  it('several writers of one library lose no bulletin and no update', async () => {
    const folder = await temporaryFolder()
    const stored = await Promise.all(['một', 'hai', 'ba'].map((name) => write(folder, name, 8)))
    expect(stored.map((titles) => titles.length)).toEqual([8, 8, 8])
    expect(await titlesIn(folder)).toEqual(stored.flat().sort())
    expect(await readdir(join(folder, 'library'))).not.toContain('library.lock')
  }, 120_000)

  it('the other writers continue after the process that holds the library has died', async () => {
    const folder = await temporaryFolder()
    const storedBeforeDeath = await write(folder, 'chết', 3, 'dies')
    expect(await readdir(join(folder, 'library'))).toContain('library.lock')
    const stored = await Promise.all(['sau', 'nữa'].map((name) => write(folder, name, 4)))
    expect(await titlesIn(folder)).toEqual([...storedBeforeDeath, ...stored.flat()].sort())
  }, 120_000)

  it('control: two writers of one file without a lock lose an update', async () => {
    const file = join(await temporaryFolder(), 'one.json')
    await writeFile(file, '[]')
    const read = async (): Promise<number[]> => JSON.parse(await readFile(file, 'utf8')) as number[]
    // The test makes both writers read before either writes. Without a lock, this order occurs by chance.
    const before = await Promise.all([read(), read()])
    for (const [at, values] of before.entries()) await writeFile(file, JSON.stringify([...values, at]))
    expect(await read()).toHaveLength(1)
  })
})
