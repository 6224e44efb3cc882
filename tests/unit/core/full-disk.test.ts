import { join } from 'node:path'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { createTemplate, type DiskKind, mountDisk, type PortsOf, runOnFullDisk } from '../../faults/full-disk'
import { testPorts } from '../support/app'
import { temporaryFolder } from '../support/library'

/** Mounts a small disk for one test. Skips the test with the reason if this system does not allow it. */
async function mountOrSkip(test: TestContext, kind: DiskKind): Promise<string> {
  const disk = join(await temporaryFolder(), 'disk')
  try {
    onTestFinished(mountDisk(kind, disk, 8))
  } catch (thrown) {
    test.skip(true, `cannot mount ${kind} here (${String(thrown).split('\n')[0]})`)
  }
  return disk
}

const portsOf: PortsOf = (root) => testPorts(root)

describe('a full disk', () => {
  for (const [kind, moment, level] of [
    ['tmpfs', 'after-open', 0],
    ['tmpfs', 'after-open', 24 * 1024],
    ['tmpfs', 'before-open', 0],
    ['ext4', 'after-open', 12 * 1024],
    ['ext4', 'before-open', 0],
  ] as const)
    it(`${kind}, ${level} bytes free, filled ${moment}: every writing method succeeds or answers disk-full`, async (test) => {
      const disk = await mountOrSkip(test, kind)
      const template = await createTemplate(await temporaryFolder(), portsOf)
      const { faults, refused } = await runOnFullDisk(disk, { template, level, moment, portsOf })
      expect(faults).toEqual([])
      expect(refused).toBeGreaterThan(2)
    })
})
