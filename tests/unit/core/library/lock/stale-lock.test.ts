import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LockSystem, readHolder, takeLock } from '../../../../../src/core/library/lock/lock'
import { answersAt, isPresent, listenAt, openPresence } from '../../../../../src/core/library/lock/presence'
import { parsePsStart, processStarted } from '../../../../../src/core/processes'
import { temporaryFolder } from '../../../support/library'

/** A system like Windows, which does not know the start time of a process. Sockets stand for its pipes. */
async function windowsLike(): Promise<LockSystem & { pipe: string }> {
  const pipe = join(await temporaryFolder(), 'alive')
  return { pipe, processStarted: () => null, openPresence: () => listenAt(pipe), isPresent: answersAt }
}

/** A library whose lock names a running process: this one. The number of the holder was given to it later. */
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

describe('a lock on a system without start times of processes', () => {
  it('belongs to nobody if its pid is in use again but its pipe is gone', async () => {
    const system = await windowsLike()
    const root = await lockedLibrary({ presence: join(await temporaryFolder(), 'gone') })
    expect(await readHolder(root, system)).toBeNull()
    const lock = await takeLock(root, { program: 'next', now: new Date(), system })
    expect(lock.needsRecovery).toBe(true)
    await lock.release({ isClean: true })
  })

  it('stays with a holder that runs but does not yet accept calls', async () => {
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

  it('stays with a holder that could not open a pipe, and with a holder of an earlier version', async () => {
    const system = await windowsLike()
    for (const presence of [null, undefined])
      expect(await readHolder(await lockedLibrary({ presence }), system)).toMatchObject({ program: 'dead' })
  })
})

describe('the pipe of a holder', () => {
  it('is opened on Windows only', async () => {
    expect(await openPresence('linux')).toBeNull()
    expect(await openPresence('darwin')).toBeNull()
  })

  it('is never asked under a foreign name, which might be the address of another machine', async () => {
    for (const path of ['\\\\server\\pipe\\bantin-alive-000000000000000000000000', '/other/pipe', '\\\\.\\pipe\\other'])
      expect(await isPresent(path, 'win32'), path).toBe(true)
    // Control: a name of this program is asked, and no such pipe exists.
    expect(await isPresent('\\\\.\\pipe\\bantin-alive-000000000000000000000000', 'win32')).toBe(false)
  })
})

describe('processStarted', () => {
  it('reads the answer of ps on macOS as seconds', () => {
    expect(parsePsStart('Tue Dec  1 10:31:10 2026\n')).toBe('1796121070')
    expect(parsePsStart('')).toBeNull()
  })

  it.skipIf(!existsSync('/bin/ps'))('finds the start of a running process with ps', () => {
    expect(Number(processStarted(process.pid, 'darwin'))).toBeGreaterThan(1_700_000_000)
    expect(processStarted(process.pid, 'darwin')).toBe(processStarted(process.pid, 'darwin'))
    expect(processStarted(2 ** 22 + 1, 'darwin')).toBeNull()
  })
})
