import { join } from 'node:path'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import type { App } from '../../../src/core/app-interface'
import { callMethod } from '../../../src/core/call-method'
import { openOrJoin } from '../../../src/core/shared-access/open-or-join'
import {
  createTemplate,
  type DiskKind,
  fillDisk,
  freeDisk,
  mountDisk,
  type PortsOf,
  runOnFullDisk,
  settle,
} from '../../faults/full-disk'
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
const options = { access: 'prefer-write', offerSample: false, workers: null } as const

async function open(root: string, access: 'prefer-write' | 'write' = 'prefer-write'): Promise<App> {
  const app = await openOrJoin(portsOf(root), { ...options, access })
  onTestFinished(() => app.close())
  return app
}

describe('a full disk', () => {
  for (const [kind, moment, level] of [
    ['tmpfs', 'after-open', 0],
    ['tmpfs', 'after-open', 24 * 1024],
    ['tmpfs', 'before-open', 0],
    ['ext4', 'after-open', 12 * 1024],
    ['ext4', 'before-open', 0],
  ] as const)
    it(`${kind} with ${level} free bytes, filled ${moment}: every writing method succeeds or answers disk-full, bulletins stay readable, and a restart is never needed`, async (test) => {
      const disk = await mountOrSkip(test, kind)
      const template = await createTemplate(await temporaryFolder(), portsOf)
      const { faults, refused } = await runOnFullDisk(disk, { template, level, moment, portsOf })
      expect(faults).toEqual([])
      expect(refused).toBeGreaterThan(2)
    })

  it('control: the full-disk check reports a fault if the program does not open, if a method answers "internal", or if a list is outdated', async (test) => {
    const disk = await mountOrSkip(test, 'tmpfs')
    const template = await createTemplate(await temporaryFolder(), portsOf)
    const run = async (
      change: (app: App) => Promise<App>,
      moment: 'before-open' | 'after-open',
      only?: number,
    ): Promise<string> => {
      const { faults } = await runOnFullDisk(disk, {
        ...{ template, level: 0, moment, portsOf, ...(only === undefined ? {} : { only }) },
        open: async (ports) => {
          const access = moment === 'before-open' ? 'write' : 'prefer-write'
          return change(await openOrJoin(ports, { ...options, access }))
        },
      })
      return faults.join('\n')
    }
    expect(await run((app) => Promise.resolve(app), 'before-open')).toContain('open at 0 bytes: disk-full')
    const hidingTheReason = (app: App): Promise<App> =>
      Promise.resolve({
        ...app,
        async call(method, input, caller) {
          const result = await app.call(method, input, caller)
          if (result.ok || result.error.code !== 'disk-full') return result
          return { ok: false, error: { ...result.error, code: 'internal' } }
        },
      })
    expect(await run(hidingTheReason, 'after-open')).toContain('markBulletins at 0 bytes: internal')
    const withOldLists = async (app: App): Promise<App> => {
      let isOld = true
      const old = await app.call('listBulletins', { filter: {}, offset: 0, limit: 100 })
      return {
        ...app,
        async call(method, input, caller) {
          isOld &&= method !== 'startReindex'
          return method === 'listBulletins' && isOld ? old : app.call(method, input, caller)
        },
      }
    }
    expect(await run(withOldLists, 'after-open', 0)).toContain('differs from the documents')
  })

  it('on a full disk, the program opens the library for reading, reports the full disk, and announces when it can write again', async (test) => {
    const disk = await mountOrSkip(test, 'tmpfs')
    const root = join(disk, 'library')
    const first = await open(root)
    const { id } = await callMethod(first, 'addSample', {})
    await first.close()
    fillDisk(disk, 0)
    const app = await open(root)
    const events: string[] = []
    app.on(({ event }) => events.push(event.type))
    expect(await callMethod(app, 'getHost', {})).toMatchObject({ readOnly: true, isDiskFull: true })
    expect((await callMethod(app, 'getBulletin', { id })).id).toBe(id)
    expect(await settle(app, { method: 'markBulletins', input: { ids: [id], starred: true } })).toBe('disk-full')
    freeDisk(disk)
    await expect.poll(() => events, { timeout: 30_000 }).toContain('library-state-changed')
    expect(await callMethod(app, 'getHost', {})).toMatchObject({ readOnly: false, isDiskFull: false })
    expect(await settle(app, { method: 'markBulletins', input: { ids: [id], starred: true } })).toBe('done')
  })

  it('a program that must write does not open on a full disk, and leaves no lock behind', async (test) => {
    const disk = await mountOrSkip(test, 'tmpfs')
    const root = join(disk, 'library')
    await (await open(root)).close()
    fillDisk(disk, 0)
    await expect(open(root, 'write')).rejects.toMatchObject({ code: 'disk-full' })
    freeDisk(disk)
    expect(await settle(await open(root, 'write'), { method: 'addSample', input: {} })).toBe('done')
  })

  it('the user can free space by deleting bulletins from the trash', async (test) => {
    const disk = await mountOrSkip(test, 'tmpfs')
    const app = await open(join(disk, 'library'))
    const { id } = await callMethod(app, 'addSample', {})
    await callMethod(app, 'trashBulletins', { ids: [id] })
    fillDisk(disk, 0)
    expect(await callMethod(app, 'emptyTrash', { ids: null })).toEqual({ changed: [id] })
    expect((await callMethod(app, 'countBulletins', {})).trash).toBe(0)
  })
})
