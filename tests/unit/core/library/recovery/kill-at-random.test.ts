import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle, killRound, momentOf, readWhole, type Round } from '../../../../faults/kill-driver'
import { openTestLibrary, temporaryFolder } from '../../../support/library'

let work = ''
beforeAll(async () => {
  work = await bundle('work-process')
}, 60_000)
afterAll(() => rm(dirname(work), { recursive: true, force: true }))

/** On a busy machine a process comes less far before it is killed: then more rounds are needed to see as much. */
async function rounds(
  { least, most }: { least: number; most: number },
  careless: boolean,
  isEnough: (found: readonly Round[]) => boolean,
): Promise<Round[]> {
  const root = join(await temporaryFolder(), 'library')
  const found: Round[] = []
  for (let round = 0; round < least || (round < most && !isEnough(found)); round++)
    // From the opening of the library on into its work; a fresh seed each time, the same on every run.
    found.push(
      await killRound(work, root, {
        ...momentOf(round),
        seed: round + 1,
        careless,
        reopen: async () => readWhole(await openTestLibrary(root)),
      }),
    )
  return found
}

describe('a process killed at any moment of its work', () => {
  it('loses nothing it has acknowledged, damages nothing, leaves nothing after the next start', async () => {
    const sum = (all: readonly Round[], kind: 'acknowledged' | 'migrated' | 'backedUp'): number =>
      all.reduce((total, round) => total + round[kind], 0)
    const hasSeenAll = (all: readonly Round[]): boolean =>
      sum(all, 'acknowledged') > 25 && sum(all, 'migrated') > 2 && sum(all, 'backedUp') > 2
    const found = await rounds({ least: 20, most: 150 }, false, hasSeenAll)
    expect(hasSeenAll(found)).toBe(true)
    expect(found.flatMap(({ lost }) => lost)).toEqual([])
    expect(found.flatMap(({ damaged }) => damaged)).toEqual([])
    expect(found.flatMap(({ leftovers }) => leftovers)).toEqual([])
  }, 300_000)

  it('control: one that acknowledges too early is seen to lose', async () => {
    const hasLost = (all: readonly Round[]): boolean => all.some(({ lost }) => lost.length > 0)
    expect(hasLost(await rounds({ least: 1, most: 60 }, true, hasLost))).toBe(true)
  }, 300_000)
})
