// Kills a process with SIGKILL a thousand times while the process changes a library. The changes are imports,
// revisions, marks, trash, deletion, backups and migrations. The next start must find every change that the process
// acknowledged, and no leftover files. A control acknowledges changes too early and must therefore lose a change.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from '../scripts/project.mjs'
import { loadCore, openBenchLibrary } from './core.mjs'

const rounds = Number(process.env.BANTIN_KILLS ?? 1000)
const roundsPerLibrary = 20
const controlRounds = 60

export async function measure() {
  const core = await loadCore()
  const { module: driver } = await runnerImport(join(root, 'tests', 'faults', 'kill-driver.ts'), { logLevel: 'error' })
  const work = await driver.bundle('work-process')
  const folder = mkdtempSync(join(tmpdir(), 'bantin-kills-'))
  try {
    const honest = await run(core, driver, {
      work,
      folder: join(folder, 'honest'),
      count: rounds,
      acknowledgesEarly: false,
    })
    const control = await run(core, driver, {
      work,
      folder: join(folder, 'acknowledges-early'),
      count: controlRounds,
      acknowledgesEarly: true,
    })
    return [
      {
        name: `${rounds.toLocaleString('en')} kills of a writer: lost, damaged, left over, of all acknowledged changes`,
        value: `${honest.lost}, ${honest.damaged}, ${honest.leftovers} of ${honest.acknowledged.toLocaleString('en')}`,
        goal: '0, 0, 0',
        pass: honest.lost + honest.damaged + honest.leftovers === 0 && honest.acknowledged > rounds / 2,
        note: `with ${honest.migrated} migrations and ${honest.backedUp} backups done`,
      },
      {
        name: `control: ${controlRounds} kills of a writer that acknowledges too early: lost`,
        value: String(control.lost),
        goal: '> 0',
        pass: control.lost > 0,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(dirname(work), { recursive: true, force: true })
  }
}

async function run(core, { killRound, momentOf, readWhole }, { work, folder, count, acknowledgesEarly }) {
  const sum = { acknowledged: 0, migrated: 0, backedUp: 0, lost: 0, damaged: 0, leftovers: 0 }
  for (let round = 0; round < count; round++) {
    if (round % 100 === 0 && round > 0) console.error(`bench: killing ${round}/${count}, lost ${sum.lost} …`)
    const library = `${folder}-${Math.floor(round / roundsPerLibrary)}`
    const found = await killRound(work, library, {
      ...momentOf(round),
      seed: round + 1,
      acknowledgesEarly,
      reopen: async () => readWhole(await openBenchLibrary(core, library)),
    })
    for (const kind of ['acknowledged', 'migrated', 'backedUp']) sum[kind] += found[kind]
    for (const kind of ['lost', 'damaged', 'leftovers']) sum[kind] += found[kind].length
    if (round % roundsPerLibrary === roundsPerLibrary - 1)
      for (const path of [library, `${library}.bantin`]) rmSync(path, { recursive: true, force: true })
  }
  return sum
}
