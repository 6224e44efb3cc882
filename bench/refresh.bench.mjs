// Downloads a portal of 300 bulletins with pictures and files, while the program is killed ten times at random moments.
// Then refreshes the portal again. Then refreshes it together with a server that shows all 64 hostile behaviours. As a
// control, a refresh that loses its progress must request a page twice.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from '../scripts/project.mjs'

const count = 300
const kills = Number(process.env.BANTIN_REFRESH_KILLS ?? 10)
/** The maximum memory of the program in megabytes while it refreshes all hostile sources. */
const maxMegabytes = 900

export async function measure() {
  const load = async (...path) => (await runnerImport(join(root, 'tests', ...path), { logLevel: 'error' })).module
  const { bundle } = await load('faults', 'kill-driver.ts')
  const { refreshUntilDone } = await load('faults', 'refresh-kill-driver.ts')
  const { startPortal } = await load('portal', 'portal.ts')
  const { startHostileServer } = await load('portal', 'hostile.ts')
  const { behaviours } = await load('portal', 'behaviours.ts')
  const refreshProcess = await bundle('refresh-process')
  const folder = mkdtempSync(join(tmpdir(), 'bantin-refresh-'))
  try {
    const portal = await startPortal({ family: 'nukeviet', count, delayMs: 5 })
    const moments = Array.from({ length: kills }, () => Math.round(Math.random() * 2500))
    const whole = await refreshUntilDone(refreshProcess, join(folder, 'whole', 'library'), portal, { moments })
    const stored = Number(whole.result?.total.added ?? 0) + Number(whole.result?.total.unchanged ?? 0)
    portal.requests.length = 0
    const again = await refreshUntilDone(refreshProcess, join(folder, 'whole', 'library'), portal, { moments: [] })
    const unconditional = portal.requests.filter(({ path, isConditional }) => !isConditional && path !== '/robots.txt')
    const conditional = portal.requests.length
    const forgetful = await refreshUntilDone(refreshProcess, join(folder, 'control', 'library'), portal, {
      moments: [1500],
      forgets: true,
    })
    const hostile = await startHostileServer()
    const hostiles = behaviours.map(({ name }) => hostile.addressOf(name))
    const beside = await refreshUntilDone(refreshProcess, join(folder, 'hostile', 'library'), portal, {
      moments: [],
      hostiles,
    })
    const good = beside.result?.sources.toSorted((a, b) => b.added - a.added)[0]
    const isEnded = beside.result?.sources.every(({ state }) => state === 'done' || state === 'failed') === true
    await hostile.stop()
    await portal.stop()
    return [
      {
        name: `${count} bulletins, ${whole.kills} kills during it: stored, failed, requested twice`,
        value: `${stored}, ${whole.result?.total.failed}, ${whole.requestedTwice.length}`,
        goal: `${count}, 0, 0`,
        pass: stored === count && whole.result?.total.failed === 0 && whole.requestedTwice.length === 0,
      },
      {
        name: `second refresh: requests that were not conditional, of all`,
        value: `${unconditional.length} of ${conditional}`,
        goal: '0',
        pass: unconditional.length === 0 && conditional > count && again.result?.total.added === 0,
      },
      {
        name: 'control: a refresh that loses its progress requests twice',
        value: String(forgetful.requestedTwice.length),
        goal: '> 0',
        pass: forgetful.requestedTwice.length > 0,
      },
      {
        name: `${hostiles.length} hostile sources beside a good one: stored of the good one, failed; peak memory of the program`,
        value: `${good?.added ?? 0}, ${good?.failed}; ${Math.round(beside.peakBytes / 2 ** 20)} MB`,
        goal: `${count}, 0; < ${maxMegabytes} MB`,
        pass: isEnded && good?.added === count && good.failed === 0 && beside.peakBytes < maxMegabytes * 2 ** 20,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(dirname(refreshProcess), { recursive: true, force: true })
  }
}
