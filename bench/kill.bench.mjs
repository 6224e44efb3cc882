// Kills a process a thousand times (SIGKILL) while it changes a library and rebuilds the index at the same time. The
// changes are imports, refreshes, marks, trash, restore, deletion, backups and migrations in random order. The next
// start must find every change that any process has confirmed. Nothing may be lost, overwritten, stored twice or left
// over. Each control breaks one of these rules on purpose.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from '../scripts/project.mjs'
import { loadCore, openBenchLibrary } from './core.mjs'

const rounds = Number(process.env.BANTIN_KILLS ?? 1000)
const roundsPerLibrary = 20
/** The number of libraries that are tested at the same time. Each test mostly waits for the disk. */
const lanes = 3
const controlRounds = 20
/** The controls, each with the finding that the check must report. */
const controls = [
  ['acknowledges-early', 'lost'],
  ['overwrites', 'overwritten'],
  ['doubles', 'doubled'],
  ['leaves-files', 'leftovers'],
]
const findings = ['lost', 'overwritten', 'doubled', 'damaged', 'wrong', 'leftovers']

export async function measure() {
  const core = await loadCore()
  const { module: driver } = await runnerImport(join(root, 'tests', 'faults', 'kill-driver.ts'), { logLevel: 'error' })
  const work = await driver.bundle('work-process')
  const folder = mkdtempSync(join(tmpdir(), 'bantin-kills-'))
  try {
    const runIn = (mode, count) => run(core, driver, { work, folder: join(folder, mode), count, mode })
    const honest = await runIn('honest', rounds)
    const figures = findings.map((kind) => honest[kind])
    const results = [
      {
        name: `${rounds.toLocaleString('en')} kills of a writer: lost, overwritten, doubled, damaged, wrong answers, left over, of all acknowledged changes`,
        value: `${figures.join(', ')} of ${honest.acknowledged.toLocaleString('en')}`,
        goal: '0, 0, 0, 0, 0, 0',
        pass: figures.every((figure) => figure === 0) && honest.acknowledged > rounds / 2,
        note: `with ${honest.migrated} migrations, ${honest.backedUp} backups and ${honest.rebuilt} rebuilds done`,
      },
    ]
    for (const [mode, kind] of controls) {
      const control = await runIn(mode, controlRounds)
      results.push({
        name: `control: ${controlRounds} kills of a writer that does wrong on purpose (${mode}): ${kind}`,
        value: String(control[kind]),
        goal: '> 0',
        pass: control[kind] > 0,
      })
    }
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(dirname(work), { recursive: true, force: true })
  }
}

async function run(core, driver, { work, folder, count, mode }) {
  const sum = Object.fromEntries(
    ['acknowledged', 'migrated', 'backedUp', 'rebuilt', ...findings].map((kind) => [kind, 0]),
  )
  let next = 0
  let done = 0
  const runLibrary = async (first) => {
    const library = `${folder}-${first}`
    const model = driver.createLibraryModel()
    for (let round = first; round < Math.min(first + roundsPerLibrary, count); round++) {
      const found = await driver.killRound(work, library, {
        ...driver.momentOf(round),
        seed: round + 1,
        mode,
        model,
        reopen: async () => driver.readWhole(await openBenchLibrary(core, library)),
      })
      for (const kind of ['acknowledged', 'migrated', 'backedUp', 'rebuilt']) sum[kind] += found[kind]
      for (const kind of findings) sum[kind] += found[kind].length
      for (const kind of mode === 'honest' ? findings : [])
        for (const finding of found[kind]) console.error(`bench: round ${round}: ${kind}: ${finding}`)
      done += 1
      if (done % 100 === 0) console.error(`bench: killed ${done}/${count}: ${JSON.stringify(sum)}`)
    }
    for (const path of [library, `${library}.bantin`]) rmSync(path, { recursive: true, force: true })
  }
  const runLane = async () => {
    for (let first = next; first < count; first = next) {
      next += roundsPerLibrary
      await runLibrary(first)
    }
  }
  await Promise.all(Array.from({ length: lanes }, runLane))
  return sum
}
