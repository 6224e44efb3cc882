import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LockSystem, readHolder, takeLock } from '../../../../../src/core/library/lock/lock'
import { answersAt, isPresent, listenAt, openPresence } from '../../../../../src/core/library/lock/presence'
import { parsePsStart, processStarted } from '../../../../../src/core/processes'
import { temporaryFolder } from '../../../support/library'

/** Stands for Windows, which does not know the start time of a process. Sockets take the place of Windows pipes. */
async function windowsLike(): Promise<LockSystem & { pipe: string }> {
  const folder = await temporaryFolder()
  const pipe = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'alive')
  return { pipe, processStarted: () => null, openPresence: () => listenAt(pipe), isPresent: answersAt }
}

/**
 * Creates a library whose lock contains the pid of this process, as if the holder had ended and this process had got
 * its pid. `holder` replaces fields of the lock.
 */
async function lockedLibrary(holder: Record<string, unknown>): Promise<string> {
  const root = await temporaryFolder()
  const system = await windowsLike()
  const lock = await takeLock(root, { program: 'dead', now: new Date(), system })
  const path = join(root, 'library.lock')
  const text = await readFile(path, 'utf8')
  await lock.release({ isClean: true })
  await writeFile(path, JSON.stringify({ ...(JSON.parse(text) as object), ...holder }))
  return root
}

describe('a lock on a system that does not know when a process started', () => {
  it('the lock is free if another process has the pid but the pipe of the holder no longer exists', async () => {
    const system = await windowsLike()
    const root = await lockedLibrary({ presence: join(await temporaryFolder(), 'gone') })
    expect(await readHolder(root, system)).toBeNull()
    const lock = await takeLock(root, { program: 'next', now: new Date(), system })
    expect(lock.needsRecovery).toBe(true)
    await lock.release({ isClean: true })
  })

  it('the lock stays with a holder that runs but does not yet accept calls from other programs', async () => {
    const system = await windowsLike()
    const root = await temporaryFolder()
    const socket = { path: join(root, 'not-listening-yet'), token: 't' }
    const held = await takeLock(root, { program: 'recovering', now: new Date(), socket, system })
    const next = takeLock(root, { program: 'next', now: new Date(), system: await windowsLike() })
    await expect(next).rejects.toMatchObject({ code: 'library-locked' })
    expect(await readHolder(root, system)).toMatchObject({ program: 'recovering', presence: system.pipe })
    await held.release({ isClean: true })
    expect(await answersAt(system.pipe)).toBe(false)
  })

  it('the lock stays with a holder that has no pipe, and with a holder that is an earlier version of the program', async () => {
    const system = await windowsLike()
    for (const presence of [null, undefined])
      expect(await readHolder(await lockedLibrary({ presence }), system)).toMatchObject({ program: 'dead' })
  })
})

describe('the pipe that shows that the holder of a lock still runs', () => {
  it('openPresence opens no pipe on Linux and macOS', async () => {
    expect(await openPresence('linux')).toBeNull()
    expect(await openPresence('darwin')).toBeNull()
  })

  it('isPresent never opens a pipe with a foreign name, because such a name may lead to another machine', async () => {
    for (const path of ['\\\\server\\pipe\\bantin-alive-000000000000000000000000', '/other/pipe', '\\\\.\\pipe\\other'])
      expect(await isPresent(path, 'win32'), path).toBe(true)
    // Control: a pipe with a name of this program is looked up, and this pipe does not exist.
    expect(await isPresent('\\\\.\\pipe\\bantin-alive-000000000000000000000000', 'win32')).toBe(false)
  })
})

describe('processStarted', () => {
  it('processStarted converts the answer of ps on macOS to seconds since 1970', () => {
    expect(parsePsStart('Tue Dec  1 10:31:10 2026\n')).toBe('1796121070')
    expect(parsePsStart('')).toBeNull()
  })

  it.skipIf(!existsSync('/bin/ps'))('processStarted finds the start time of a running process with ps', () => {
    expect(Number(processStarted(process.pid, 'darwin'))).toBeGreaterThan(1_700_000_000)
    expect(processStarted(process.pid, 'darwin')).toBe(processStarted(process.pid, 'darwin'))
    expect(processStarted(2 ** 22 + 1, 'darwin')).toBeNull()
  })
})
