import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createLoginPage, openBrowser } from '../../../src/cli/open-browser'
import { createLoginCodes } from '../../../src/cli/serve/login-codes'
import { temporaryFolder } from '../support/library'

const secret = 'http://127.0.0.1:8080/?code=day-la-mot-ma-bi-mat'

/** Returns the command lines of all processes on this machine. */
async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.join('\n').replaceAll('\0', ' ')
}

/**
 * Creates a folder with a fake browser that waits until the test ends. The folder becomes the home folder and the
 * search path.
 */
async function installBrowser(): Promise<string> {
  const home = await temporaryFolder()
  const wait = 'while :; do sleep 1; done'
  await writeFile(join(home, 'xdg-open'), `#!/bin/sh\nexec sh -c 'echo $$ > "${home}/started"; ${wait}' sh "$1"\n`)
  await chmod(join(home, 'xdg-open'), 0o755)
  vi.stubEnv('HOME', home)
  vi.stubEnv('PATH', `${home}:${process.env['PATH'] ?? ''}`)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    const pid = Number(await readFile(join(home, 'started'), 'utf8').catch(() => ''))
    if (pid > 0) process.kill(pid)
  })
  return home
}

describe.skipIf(process.platform !== 'linux')('openBrowser', () => {
  it('openBrowser gives the browser a file that only the user can read, so that no list of processes shows the code', async () => {
    const home = await installBrowser()
    const remove = await openBrowser(secret)
    await expect.poll(() => existsSync(join(home, 'started')), { timeout: 20_000 }).toBe(true)
    const lines = await commandLines()
    const address = /file:\S+ban-tin-[0-9a-f]{16}\.html/.exec(lines)?.[0] ?? ''
    expect(lines.includes('day-la-mot-ma-bi-mat')).toBe(false)
    const path = fileURLToPath(address)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).toContain(secret)
    await remove()
    expect(existsSync(path)).toBe(false)
  })

  it('control: the test sees a code in the list of processes', async () => {
    const child = spawn('sh', ['-c', 'while :; do sleep 1; done', 'sh', secret])
    onTestFinished(() => void child.kill())
    const isSeen = async (): Promise<boolean> => (await commandLines()).includes('day-la-mot-ma-bi-mat')
    await expect.poll(isSeen, { timeout: 20_000 }).toBe(true)
  })

  it('openBrowser does not fail if the login page cannot be written', async () => {
    vi.stubEnv('HOME', join(await temporaryFolder(), 'missing'))
    onTestFinished(() => void vi.unstubAllEnvs())
    await (
      await openBrowser(secret)
    )()
  })
})

describe('createLoginPage', () => {
  it('createLoginPage returns the login address itself on Windows, where other users cannot read command lines', async () => {
    expect((await createLoginPage(secret, 'win32')).address).toBe(secret)
  })

  it.skipIf(process.platform === 'win32')(
    'createLoginPage removes the old login pages of killed programs, and removes no other file',
    async () => {
      const place = await temporaryFolder()
      const old = new Date(Date.now() - 3_600_000)
      for (const name of ['ban-tin-0123456789abcdef.html', 'ban-tin-cua-toi.html']) {
        await writeFile(join(place, name), '')
        await utimes(join(place, name), old, old)
      }
      const first = await createLoginPage(secret, 'linux', place)
      await createLoginPage(secret, 'linux', place)
      const names = await readdir(place)
      expect(names).toHaveLength(3)
      expect(names).toContain('ban-tin-cua-toi.html')
      expect(existsSync(fileURLToPath(first.address))).toBe(true)
    },
  )
})

describe('a login code', () => {
  it('a login code is valid once, and only for a minute', () => {
    let now = 0
    const codes = createLoginCodes(() => now)
    const [first, second] = [codes.create(), codes.create()]
    expect([codes.take('x'), codes.take(first), codes.take(first)]).toEqual([false, true, false])
    now = 60_001
    expect(codes.take(second)).toBe(false)
  })
})
