// Fills a tmpfs and an ext4 disk to several levels, before and after the program opens its library, and calls every
// writing method of the contract. Each call must succeed or answer `disk-full`. The program must still read, damage
// nothing, and work without a restart when the disk has space again. As a control, a program that must write cannot be
// opened on the full disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/project.mjs'
import { loadCore } from './core.mjs'

const levels = [0, 4, 8, 12, 16, 24, 32, 64, 128, 256, 512].map((kilobytes) => kilobytes * 1024)
const diskMegabytes = 8

export async function measure({ skip }) {
  const { fullDisk: disks, quietPorts } = await loadCore()
  const portsOf = (library) => {
    const ports = quietPorts('bench', { library, config: join(library, 'config') })
    return { ...ports, paths: { ...ports.paths, resources: join(root, 'resources') } }
  }
  const folder = mkdtempSync(join(tmpdir(), 'bantin-disks-'))
  const disk = join(folder, 'disk')
  const withDisk = async (kind, work) => {
    const unmount = disks.mountDisk(kind, disk, diskMegabytes)
    try {
      return await work()
    } finally {
      unmount()
    }
  }
  try {
    const template = await disks.createTemplate(folder, portsOf)
    const callCount = disks.writingCalls(template).length
    const rows = []
    for (const kind of ['tmpfs', 'ext4']) {
      const sum = { calls: 0, refused: 0, faults: [] }
      for (const moment of ['before-open', 'after-open'])
        for (const level of levels) {
          console.error(`bench: ${kind}, ${moment}, ${level} bytes free, ${sum.faults.length} faults …`)
          // The first round makes all calls one after another. Each further round makes only one call with a new
          // library.
          for (const only of [undefined, ...Array(callCount).keys()]) {
            const result = await withDisk(kind, () =>
              disks.runOnFullDisk(disk, { template, level, moment, portsOf, only }),
            )
            sum.calls += result.calls
            sum.refused += result.refused
            sum.faults.push(...result.faults)
          }
        }
      for (const fault of sum.faults) console.error(`bench: ${kind}: ${fault}`)
      rows.push({
        name: `${kind}: faults of ${sum.calls.toLocaleString('en')} writing calls at ${levels.length} fill levels`,
        value: String(sum.faults.length),
        goal: '0',
        pass: sum.faults.length === 0 && sum.refused > 0,
        note: `${sum.refused.toLocaleString('en')} answered disk-full`,
      })
    }
    const control = await withDisk('tmpfs', () =>
      disks.runOnFullDisk(disk, { template, level: 0, moment: 'before-open', portsOf, open: disks.openForWriting }),
    )
    rows.push({
      name: 'control: a program that must write on a full disk: faults',
      value: String(control.faults.length),
      goal: '> 0',
      pass: control.faults.length > 0,
    })
    return rows
  } catch (thrown) {
    if (!/mount|mkfs/.test(String(thrown?.message))) throw thrown
    return skip(`cannot mount a disk here (${String(thrown).split('\n')[0]})`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
