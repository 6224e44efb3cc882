import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileDiskFaults, runDiskFaults, runPowerCuts } from '../../../../faults/disk-faults'
import { bundle } from '../../../../faults/kill-driver'
import { temporaryFolder } from '../../../support/library'

// `npm run bench -- disk-faults` tries every call. These tests try some of them.
const scripts = { faults: '', work: '', replay: '' }
beforeAll(async () => {
  scripts.faults = await bundle('disk-fault-process')
  scripts.work = await bundle('power-cut-process')
  scripts.replay = await bundle('power-cut-replay')
}, 120_000)
afterAll(async () => {
  for (const built of [...Object.values(scripts), library].filter((path) => path !== ''))
    await rm(dirname(built), { recursive: true, force: true })
})

const compiled = compileDiskFaults(mkdtempSync(join(tmpdir(), 'bantin-preload-')))
const [library, reason] = 'reason' in compiled ? ['', compiled.reason] : [compiled.library, '']
const workFolder = async (): Promise<string> => join(await temporaryFolder(), 'work')

describe.skipIf(library === '')(`a disk that reports EIO at the n-th call, also to SQLite ${reason}`, () => {
  it.each(['import', 'revise', 'mark', 'trash', 'restore', 'empty-trash', 'merge'])(
    '%s is either complete or has changed nothing, and names the error',
    async (operation) => {
      const found = await runDiskFaults(scripts.faults, library, await workFolder(), { operation, step: 9 })
      expect(found.wrong).toEqual([])
      expect(found.rounds).toBeGreaterThan(2)
    },
    120_000,
  )

  it('control: an operation that reports success after a failure is noticed', async () => {
    const { wrong } = await runDiskFaults(scripts.faults, library, await workFolder(), {
      operation: 'trash',
      step: 50,
      mode: 'claims-success',
    })
    expect(wrong).toMatchObject([expect.stringContaining('reported as done')])
  }, 120_000)
})

describe.skipIf(library === '')(`a power cut that loses every change without a sync ${reason}`, () => {
  it('loses and damages no acknowledged bulletin', async () => {
    const { cuts, wrong } = await runPowerCuts(scripts, library, await workFolder(), { count: 1, step: 45 })
    expect(wrong).toEqual([])
    expect(cuts).toBeGreaterThan(20)
  }, 240_000)

  it('control: a bulletin that is acknowledged before it is stored is missed', async () => {
    const { wrong } = await runPowerCuts(scripts, library, await workFolder(), {
      count: 1,
      step: 60,
      mode: 'acknowledges-early',
    })
    expect(wrong).toContainEqual(expect.stringContaining('Tin 0 is lost'))
  }, 240_000)
})
