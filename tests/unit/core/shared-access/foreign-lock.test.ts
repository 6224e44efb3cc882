import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openOwnKey } from '../../../../src/core/trust/own-key'
import { connectToServer, isOwnServer } from '../../../../src/core/shared-access/client'
import { openOrJoin } from '../../../../src/core/shared-access/open-or-join'
import { answerChallenge, createChallenge } from '../../../../src/core/shared-access/proof'
import { isOwnSocket } from '../../../../src/core/shared-access/socket'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'

const options = { access: 'write', offerSample: false, workers: null } as const

/** A server of somebody else at a socket that looks like one of the program. Collects what callers send. */
async function startForgedHolder(answer: string): Promise<{ path: string; folder: string; received: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), `bantin-calls-${process.pid.toString(36)}-0-0-`))
  const path = join(folder, 'calls')
  const received: string[] = []
  const server: Server = createServer((request, response) => {
    received.push(`${request.url ?? ''} ${request.headers.authorization ?? 'no token'}`)
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await rm(folder, { recursive: true, force: true })
  })
  return { path, folder, received }
}

/** Writes a lock file with a socket and a running process of this machine. */
async function writeLock(root: string, socket: string): Promise<void> {
  await mkdir(root, { recursive: true })
  const holder = { pid: process.pid, processStarted: null, since: '2026-11-24T00:00:00Z', host: hostname() }
  await writeFile(join(root, 'library.lock'), JSON.stringify({ ...holder, program: 'giả', socket, token: 'bí mật' }))
}

describe('a lock file that another user may have written', () => {
  it('a lock file of another user never makes the program send anything to the socket in the file', async () => {
    const root = await temporaryFolder()
    const { path, folder, received } = await startForgedHolder(
      JSON.stringify({ answer: 'x', ok: true, value: { all: 1 } }),
    )
    // The folder of a socket of this user is closed to others.
    await chmod(folder, 0o755)
    await writeLock(root, path)
    await expect(openOrJoin(testPorts(root), options)).rejects.toMatchObject({ code: 'library-locked' })
    expect(received).toEqual([])
    // Control: without the check of the socket, the token and a call would reach it.
    await connectToServer({ path, token: 'bi-mat' }).call('countBulletins', {})
    expect(received.at(-1)).toBe('/call Bearer bi-mat')
  }, 30_000)

  it('a lock file of another user is ignored if its socket is in a folder that others may enter, behind a link, or no socket', async () => {
    const { path, folder } = await startForgedHolder('')
    expect(await isOwnSocket(path, 'linux')).toBe(true)
    await chmod(folder, 0o755)
    expect(await isOwnSocket(path, 'linux')).toBe(false)
    await chmod(folder, 0o700)
    const other = await temporaryFolder()
    await symlink(folder, join(other, 'bantin-calls-1-0-0-abcdef'))
    expect(await isOwnSocket(join(other, 'bantin-calls-1-0-0-abcdef', 'calls'), 'linux')).toBe(false)
    await mkdir(join(other, 'bantin-calls-2-0-0-abcdef'), { mode: 0o700 })
    await writeFile(join(other, 'bantin-calls-2-0-0-abcdef', 'calls'), '')
    expect(await isOwnSocket(join(other, 'bantin-calls-2-0-0-abcdef', 'calls'), 'linux')).toBe(false)
  })

  it.each([
    ['\\\\.\\pipe\\bantin-0123456789abcdef01234567', true],
    ['\\\\hostile\\pipe\\bantin-0123456789abcdef01234567', false],
    ['\\\\.\\pipe\\docker_engine', false],
    ['C:\\bantin-1-abcdef\\calls', false],
  ])('on Windows, the pipe %s in a lock file counts as a pipe of this machine: %s', async (path, isOwn) => {
    expect(await isOwnSocket(path, 'win32')).toBe(isOwn)
  })
})

describe('the proof of the holder', () => {
  it('the proof is accepted only from a process that knows the key and listens at the socket in the lock file', async () => {
    const own = openOwnKey(await temporaryFolder())
    const other = openOwnKey(await temporaryFolder())
    const { text, accepts } = createChallenge({ path: '/sockets/first' }, own)
    expect(accepts(answerChallenge({ path: '/sockets/first' }, text, own))).toBe(true)
    expect(accepts(answerChallenge({ path: '/sockets/second' }, text, own))).toBe(false)
    expect(accepts(answerChallenge({ path: '/sockets/first' }, text, other))).toBe(false)
    expect(accepts(answerChallenge({ path: '/sockets/first' }, `${text}x`, own))).toBe(false)
  })

  it('the proof is refused if the answer is endless or not JSON', async () => {
    const key = openOwnKey(await temporaryFolder())
    key.sign(['x'])
    const { path } = await startForgedHolder('x'.repeat(100_000))
    const isOwn = await isOwnServer({ path, token: 'x' }, key).catch(() => false)
    expect(isOwn).toBe(false)
  })
})
