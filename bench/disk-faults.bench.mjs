// Lets every call that changes the disk fail once with EIO, SQLite's calls included, and cuts the power after every
// third call, with and without the changes that were not synced. No acknowledged bulletin may be lost or damaged. The
// controls report success too early.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from '../scripts/project.mjs'

const operations = ['import', 'revise', 'mark', 'trash', 'restore', 'empty-trash', 'merge']

export async function measure({ skip }) {
  const load = async (name) =>
    (await runnerImport(join(root, 'tests', 'faults', `${name}.ts`), { logLevel: 'error' })).module
  const faults = await load('disk-faults')
  const { bundle } = await load('kill-driver')
  const folder = mkdtempSync(join(tmpdir(), 'bantin-disk-faults-'))
  const compiled = faults.compileDiskFaults(folder)
  if ('reason' in compiled) return skip(compiled.reason)
  const scripts = {
    faults: await bundle('disk-fault-process'),
    work: await bundle('power-cut-process'),
    replay: await bundle('power-cut-replay'),
  }
  let lap = 0
  const nextFolder = () => join(folder, String(lap++))
  try {
    const found = []
    for (const operation of operations)
      found.push(await faults.runDiskFaults(scripts.faults, compiled.library, nextFolder(), { operation, step: 1 }))
    const cuts = await faults.runPowerCuts(scripts, compiled.library, nextFolder(), { count: 2, step: 3 })
    const claims = await faults.runDiskFaults(scripts.faults, compiled.library, nextFolder(), {
      ...{ operation: 'import', step: 5, mode: 'claims-success' },
    })
    const early = await faults.runPowerCuts(scripts, compiled.library, nextFolder(), {
      ...{ count: 1, step: 30, mode: 'acknowledges-early' },
    })
    const wrong = found.flatMap((each) => each.wrong)
    const rounds = found.reduce((sum, each) => sum + each.rounds, 0)
    return [
      row(`${rounds} calls that fail with EIO: wrong states and errors`, wrong, true),
      row(`${cuts.cuts} power cuts: lost, damaged, left over`, cuts.wrong, true),
      row('control: success is reported after a failure', claims.wrong, false),
      row('control: a bulletin is acknowledged before it is stored', early.wrong, false),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    for (const script of Object.values(scripts)) rmSync(dirname(script), { recursive: true, force: true })
  }
}

function row(name, wrong, isGood) {
  return {
    name,
    value: String(wrong.length),
    goal: isGood ? '0' : '> 0',
    pass: isGood === (wrong.length === 0),
    ...(wrong.length > 0 ? { note: wrong.slice(0, 3).join('; ').slice(0, 400) } : {}),
  }
}
