import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSocket, removeSocket } from '../../../../src/core/shared-access/socket'

describe.skipIf(process.platform === 'win32')('createSocket', () => {
  it('createSocket creates a folder that only the user can read, and removeSocket deletes the folder', async () => {
    const socket = createSocket('linux')
    const { mode } = await stat(dirname(socket.path))
    expect(mode & 0o777).toBe(0o700)
    await removeSocket(socket, 'linux')
    expect(existsSync(dirname(socket.path))).toBe(false)
  })

  it('createSocket returns a new pipe name and a new token on each call on Windows', () => {
    const names = [createSocket('win32'), createSocket('win32')] as const
    expect(names[0].path).toMatch(/^\\\\\.\\pipe\\bantin-[0-9a-f]{24}$/)
    expect(names[0].path).not.toBe(names[1].path)
    expect(names[0].token).not.toBe(names[1].token)
  })
})
