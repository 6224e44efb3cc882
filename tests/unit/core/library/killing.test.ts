import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWork, killRound, type Reopened, type Round } from '../../../faults/killing'
import { openTestLibrary, temporaryFolder } from '../../support/library'

let work = ''
beforeAll(async () => {
  work = await bundleWork()
}, 60_000)
afterAll(() => rm(dirname(work), { recursive: true, force: true }))

/** Opens as the next start does, reads everything, closes. */
async function reopen(root: string): Promise<Reopened> {
  const library = await openTestLibrary(root)
  const texts = new Map<string, string>()
  for (const inTrash of [false, true])
    for (const { id } of (await library.list(inTrash ? { inTrash } : {}, 0, 1000)).items) {
      const { url, bodyText } = await library.get(id)
      texts.set(url ?? id, bodyText)
    }
  const { damaged } = await library.verify({})
  await library.close()
  return { texts, damaged: damaged.map(({ file, problem }) => `${problem} ${file}`) }
}

async function rounds(count: number, careless: boolean): Promise<Round[]> {
  const root = join(await temporaryFolder(), 'library')
  const found: Round[] = []
  for (let round = 0; round < count; round++)
    // From the opening of the library on into its work; a fresh seed each time, the same on every run.
    found.push(
      await killRound(work, root, {
        ms: 150 + ((round * 83) % 400),
        seed: round + 1,
        careless,
        reopen: () => reopen(root),
      }),
    )
  return found
}

describe('a process killed at any moment of its work', () => {
  it('loses nothing it has acknowledged, damages nothing, leaves nothing after the next start', async () => {
    const found = await rounds(25, false)
    const sum = (kind: 'acknowledged' | 'migrated' | 'backedUp'): number =>
      found.reduce((total, round) => total + round[kind], 0)
    expect(sum('acknowledged')).toBeGreaterThan(25)
    expect(sum('migrated')).toBeGreaterThan(2)
    expect(sum('backedUp')).toBeGreaterThan(2)
    expect(found.flatMap(({ lost }) => lost)).toEqual([])
    expect(found.flatMap(({ damaged }) => damaged)).toEqual([])
    expect(found.flatMap(({ leftovers }) => leftovers)).toEqual([])
  }, 120_000)

  it('control: one that acknowledges too early is seen to lose', async () => {
    const found = await rounds(12, true)
    expect(found.flatMap(({ lost }) => lost).length).toBeGreaterThan(0)
  }, 120_000)
})
