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

/**
 * Runs rounds until `isEnough` returns true. On a busy machine a process does less before it is killed, so it needs more
 * rounds.
 */
async function rounds(
  { minRounds, maxRounds }: { minRounds: number; maxRounds: number },
  acknowledgesEarly: boolean,
  isEnough: (found: readonly Round[]) => boolean,
): Promise<Round[]> {
  const root = join(await temporaryFolder(), 'library')
  const found: Round[] = []
  for (let round = 0; round < minRounds || (round < maxRounds && !isEnough(found)); round++)
    // Kills while the library opens or while it works. The seed is the number of the round, so every run is the same.
    found.push(
      await killRound(work, root, {
        ...momentOf(round),
        seed: round + 1,
        acknowledgesEarly,
        reopen: async () => readWhole(await openTestLibrary(root)),
      }),
    )
  return found
}

describe('a process that is killed at a random moment', () => {
  it('loses nothing that it acknowledged, damages nothing, and the next start clears its leftovers', async () => {
    const sum = (all: readonly Round[], kind: 'acknowledged' | 'migrated' | 'backedUp'): number =>
      all.reduce((total, round) => total + round[kind], 0)
    const hasSeenAll = (all: readonly Round[]): boolean =>
      sum(all, 'acknowledged') > 25 && sum(all, 'migrated') > 2 && sum(all, 'backedUp') > 2
    const found = await rounds({ minRounds: 20, maxRounds: 150 }, false, hasSeenAll)
    expect(hasSeenAll(found)).toBe(true)
    expect(found.flatMap(({ lost }) => lost)).toEqual([])
    expect(found.flatMap(({ damaged }) => damaged)).toEqual([])
    expect(found.flatMap(({ leftovers }) => leftovers)).toEqual([])
  }, 300_000)

  it('control: the tests notice that a process which acknowledges too early loses bulletins', async () => {
    const hasLost = (all: readonly Round[]): boolean => all.some(({ lost }) => lost.length > 0)
    expect(hasLost(await rounds({ minRounds: 1, maxRounds: 60 }, true, hasLost))).toBe(true)
  }, 300_000)
})
