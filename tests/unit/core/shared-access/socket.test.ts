import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createSocket, removeSocket } from '../../../../src/core/shared-access/socket'
import { temporaryFolder } from '../../support/library'

const long = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)

async function leftBehind(place: string, pid: number, at: Date): Promise<string> {
  const folder = join(place, `bantin-${pid}-aB3xY9`)
  await mkdir(folder)
  await writeFile(join(folder, 'calls'), '')
  await utimes(folder, at, at)
  return folder
}

describe.skipIf(process.platform === 'win32')('the holder’s socket', () => {
  it('stands in a folder of its own that others cannot enter, and goes with it', async () => {
    const socket = await createSocket('linux')
    const { mode } = await import('node:fs/promises').then(({ stat }) => stat(dirname(socket.path)))
    expect(mode & 0o777).toBe(0o700)
    await removeSocket(socket, 'linux')
    expect(existsSync(dirname(socket.path))).toBe(false)
  })

  it('is a pipe’s name on Windows, never the same twice', async () => {
    const names = await Promise.all([createSocket('win32'), createSocket('win32')])
    expect(names[0].path).toMatch(/^\\\\\.\\pipe\\bantin-[0-9a-f]{24}$/)
    expect(names[0].path).not.toBe(names[1].path)
    expect(names[0].token).not.toBe(names[1].token)
  })

  it('sweeps what killed holders left, and nothing else', async () => {
    const place = await temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    const { pid: dead } = spawnSync(process.execPath, ['-e', '0'])
    const swept = await leftBehind(place, dead, long)
    const kept = [await leftBehind(place, process.pid, long), join(place, 'bantin-notes')]
    await mkdir(join(place, 'bantin-notes'))
    const socket = await createSocket('linux')
    vi.unstubAllEnvs()
    expect(existsSync(swept)).toBe(false)
    expect((await readdir(place)).map((name) => join(place, name)).sort()).toEqual(
      [...kept, dirname(socket.path)].sort(),
    )
  })

  it('leaves a young one alone, whose process may live where we cannot see it', async () => {
    const place = await temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    const { pid: dead } = spawnSync(process.execPath, ['-e', '0'])
    const young = await leftBehind(place, dead, new Date())
    await createSocket('linux')
    vi.unstubAllEnvs()
    expect(existsSync(young)).toBe(true)
  })
})
