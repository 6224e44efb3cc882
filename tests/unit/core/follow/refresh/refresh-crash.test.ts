import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from '../../../../faults/kill-driver'
import { refreshUntilDone } from '../../../../faults/refresh-kill-driver'
import { startPortal } from '../../../../portal/portal'
import { openTestLibrary, temporaryFolder } from '../../../support/library'

let refresher = ''
beforeAll(async () => {
  refresher = await bundle('refresh-process')
}, 60_000)
afterAll(() => rm(dirname(refresher), { recursive: true, force: true }))

describe('a refresh whose program is killed', () => {
  it('a killed refresh stores every bulletin after the next start, and requests no page twice', async () => {
    const portal = await startPortal({ family: 'nukeviet', count: 45, delayMs: 15 })
    onTestFinished(() => portal.stop())
    const root = join(await temporaryFolder(), 'library')
    const { kills, result, requestedTwice } = await refreshUntilDone(refresher, root, portal, {
      moments: [40, 250, 400, 150],
    })
    expect(kills).toBe(4)
    expect(result).toMatchObject({ state: 'done', total: { failed: 0 } })
    expect(requestedTwice).toEqual([])
    const library = await openTestLibrary(root)
    expect((await library.list({}, 0, 1)).total).toBe(45)
    expect((await library.verify({})).damaged).toEqual([])
  }, 120_000)

  it('control: a refresh requests stored pages again if its records are deleted after the crash', async () => {
    const portal = await startPortal({ family: 'nukeviet', count: 45, delayMs: 15 })
    onTestFinished(() => portal.stop())
    const root = join(await temporaryFolder(), 'library')
    const { requestedTwice } = await refreshUntilDone(refresher, root, portal, {
      moments: [{ requests: 20 }],
      forgets: true,
    })
    expect(requestedTwice.length).toBeGreaterThan(0)
  }, 120_000)
})
