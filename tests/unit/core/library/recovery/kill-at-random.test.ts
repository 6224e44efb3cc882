import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bundle,
  createLibraryModel,
  killRound,
  momentOf,
  readWhole,
  type Round,
  type WorkMode,
} from '../../../../faults/kill-driver'
import { openTestLibrary, temporaryFolder } from '../../../support/library'

/** Minimum number of times that the test kills the correct process. `npm run test:windows` kills it 100 times. */
const minRounds = Number(process.env['BANTIN_KILL_ROUNDS'] ?? 20)

let work = ''
beforeAll(async () => {
  work = await bundle('work-process')
}, 60_000)
afterAll(() => rm(dirname(work), { recursive: true, force: true }))

/**
 * Kills a process once in each round, until `isEnough` returns true or `maxRounds` is reached. On a busy machine a
 * process does less work before it is killed, so more rounds are needed.
 */
async function rounds(
  { minRounds, maxRounds }: { minRounds: number; maxRounds: number },
  mode: WorkMode,
  isEnough: (found: readonly Round[]) => boolean,
): Promise<Round[]> {
  const root = join(await temporaryFolder(), 'library')
  const model = createLibraryModel()
  const found: Round[] = []
  for (let round = 0; round < minRounds || (round < maxRounds && !isEnough(found)); round++)
    // Kills the process while it opens the library or while it works. The seed is the number of the round, so that all
    // runs of the test do the same work.
    found.push(
      await killRound(work, root, {
        ...(mode === 'honest' ? momentOf(round) : { ms: 400 + ((round * 83) % 400), after: 'opening' }),
        seed: round + 1,
        mode,
        model,
        reopen: async () => readWhole(await openTestLibrary(root)),
      }),
    )
  return found
}

describe('a program that is killed at a random moment', () => {
  it(
    'a killed program loses and damages nothing whose storage it confirmed, and leaves no partial file',
    async () => {
      const sum = (all: readonly Round[], kind: 'acknowledged' | 'migrated' | 'backedUp' | 'rebuilt'): number =>
        all.reduce((total, round) => total + round[kind], 0)
      const hasSeenAll = (all: readonly Round[]): boolean =>
        sum(all, 'acknowledged') > 50 && sum(all, 'migrated') > 2 && sum(all, 'backedUp') > 1 && sum(all, 'rebuilt') > 5
      const found = await rounds({ minRounds, maxRounds: minRounds + 130 }, 'honest', hasSeenAll)
      console.info(`${found.length} kills, ${sum(found, 'acknowledged')} acknowledged changes`)
      expect(hasSeenAll(found)).toBe(true)
      for (const kind of ['lost', 'overwritten', 'doubled', 'wrong', 'damaged', 'leftovers'] as const)
        expect(
          found.flatMap((round) => round[kind]),
          kind,
        ).toEqual([])
    },
    300_000 + minRounds * 15_000,
  )

  it.each([
    ['acknowledges too early', 'acknowledges-early', 'lost'],
    ['writes a later revision over the first', 'overwrites', 'overwritten'],
    ['stores a bulletin in the trash and outside it', 'doubles', 'doubled'],
    ['leaves an unfinished file', 'leaves-files', 'leftovers'],
  ] as const)(
    'control: the check after a kill reports a program that %s',
    async (_name, mode, kind) => {
      const hasSeen = (all: readonly Round[]): boolean => all.some((round) => round[kind].length > 0)
      expect(hasSeen(await rounds({ minRounds: 1, maxRounds: 60 }, mode, hasSeen))).toBe(true)
    },
    300_000,
  )
})
