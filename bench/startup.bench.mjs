// Compares `bantin list` in a new process with a start of Node.js that does nothing. The difference is the cost of the
// command line itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { cli, root } from '../scripts/project.mjs'
import { commandCpuMs, median, ms, times } from './measure.mjs'

export function measure({ skip }) {
  if (process.platform !== 'linux') return skip('CPU time of children is read from /proc')
  const folder = mkdtempSync(join(tmpdir(), 'bantin-bench-'))
  const library = join(folder, 'library')
  const env = { ...process.env, BANTIN_CONFIG: join(folder, 'config') }
  try {
    const list = [cli, 'list', '--library', library]
    const sample = join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt')
    const ratios = { 'no library': [], 'one bulletin': [] }
    const cpu = []
    for (const kind of Object.keys(ratios)) {
      if (kind === 'one bulletin')
        spawnSync(process.execPath, [cli, 'import', sample, '--library', library], { env, stdio: 'ignore' })
      // these runs fill the cache of compiled code and are not measured
      commandCpuMs(process.execPath, list, { runs: 3, env })
      for (let round = 0; round < 5; round++) {
        const bare = commandCpuMs(process.execPath, ['-e', '0'], { runs: 10, env })
        const listed = commandCpuMs(process.execPath, list, { runs: 10, env })
        ratios[kind].push(listed / bare)
        cpu.push(listed)
      }
    }
    return Object.entries(ratios).map(([kind, values]) => ({
      name: `cold bantin list, ${kind}: CPU against a bare Node`,
      value: times(median(values)),
      goal: '≤ 3×',
      pass: median(values) <= 3,
      note: `${ms(median(cpu))} CPU each`,
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
