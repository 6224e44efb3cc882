import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createSocket, removeSocket } from '../../../../src/core/shared-access/socket'
import { temporaryFolder } from '../../support/library'

const threeDaysAgo = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)

async function createStaleFolder(place: string, pid: number, at: Date): Promise<string> {
  const folder = join(place, `bantin-${pid}-aB3xY9`)
  await mkdir(folder)
  await writeFile(join(folder, 'calls'), '')
  await utimes(folder, at, at)
  return folder
}

describe.skipIf(process.platform === 'win32')('createSocket', () => {
  it('creates a folder that only the user can read, and removeSocket deletes it', async () => {
    const socket = await createSocket('linux')
    const { mode } = await import('node:fs/promises').then(({ stat }) => stat(dirname(socket.path)))
    expect(mode & 0o777).toBe(0o700)
    await removeSocket(socket, 'linux')
    expect(existsSync(dirname(socket.path))).toBe(false)
  })

  it('returns a new pipe name and a new token each time on Windows', async () => {
    const names = await Promise.all([createSocket('win32'), createSocket('win32')])
    expect(names[0].path).toMatch(/^\\\\\.\\pipe\\bantin-[0-9a-f]{24}$/)
    expect(names[0].path).not.toBe(names[1].path)
    expect(names[0].token).not.toBe(names[1].token)
  })

  it('removes the old folder of a process that has ended, and no other folder', async () => {
    const place = await temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    const { pid: dead } = spawnSync(process.execPath, ['-e', '0'])
    const stale = await createStaleFolder(place, dead, threeDaysAgo)
    const keptFolders = [await createStaleFolder(place, process.pid, threeDaysAgo), join(place, 'bantin-notes')]
    await mkdir(join(place, 'bantin-notes'))
    const socket = await createSocket('linux')
    vi.unstubAllEnvs()
    expect(existsSync(stale)).toBe(false)
    expect((await readdir(place)).map((name) => join(place, name)).sort()).toEqual(
      [...keptFolders, dirname(socket.path)].sort(),
    )
  })

  it('keeps a new folder, because its process may run without being visible here', async () => {
    const place = await temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    const { pid: dead } = spawnSync(process.execPath, ['-e', '0'])
    const young = await createStaleFolder(place, dead, new Date())
    await createSocket('linux')
    vi.unstubAllEnvs()
    expect(existsSync(young)).toBe(true)
  })
})
