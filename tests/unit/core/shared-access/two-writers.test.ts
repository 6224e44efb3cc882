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

/** Runs a process to its end; the titles it said were stored. */
async function write(folder: string, name: string, count: number, end = ''): Promise<string[]> {
  const child = spawn(process.execPath, [writer, folder, name, String(count), end], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (said += part))
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code).toBe(end === 'dies' ? null : 0)
  const lines = said.split('\n').filter(Boolean)
  const told = lines.map((line) => JSON.parse(line) as { stored?: string; failed?: string })
  expect(told.flatMap(({ failed }) => failed ?? [])).toEqual([])
  return told.flatMap(({ stored }) => stored ?? [])
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

describe('several processes that write to one library at once', () => {
  it('lose no bulletin and no update, whoever of them holds it', async () => {
    const folder = await temporaryFolder()
    const said = await Promise.all(['một', 'hai', 'ba'].map((name) => write(folder, name, 8)))
    expect(said.map((titles) => titles.length)).toEqual([8, 8, 8])
    expect(await titlesIn(folder)).toEqual(said.flat().sort())
    expect(await readdir(join(folder, 'library'))).not.toContain('library.lock')
  }, 120_000)

  it('go on when the one that holds it dies', async () => {
    const folder = await temporaryFolder()
    const dead = await write(folder, 'chết', 3, 'dies')
    expect(await readdir(join(folder, 'library'))).toContain('library.lock')
    const said = await Promise.all(['sau', 'nữa'].map((name) => write(folder, name, 4)))
    expect(await titlesIn(folder)).toEqual([...dead, ...said.flat()].sort())
  }, 120_000)

  it('control: without a lock two that read, change and write one file lose updates', async () => {
    const file = join(await temporaryFolder(), 'one.json')
    await writeFile(file, '[]')
    const read = async (): Promise<number[]> => JSON.parse(await readFile(file, 'utf8')) as number[]
    // Each has read before the other writes, as happens by chance where nothing keeps them apart.
    const before = await Promise.all([read(), read()])
    for (const [at, values] of before.entries()) await writeFile(file, JSON.stringify([...values, at]))
    expect(await read()).toHaveLength(1)
  })
})
