import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { chromiumPath, cli, expect, quiet, root, test } from '../support/fixtures'

/** Makes an hour of six seconds, in the host by its timers and in the page by its clock. */
const hook = join(root, 'tests', 'e2e', 'support', 'fast-timers.mjs')
const hourMs = 3_600_000
let folder: string
let host: ChildProcess | null = null
test.beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bantin-idle-'))))
test.afterEach(async () => {
  if (host !== null) {
    const ended = once(host, 'exit')
    host.kill('SIGTERM')
    await ended
    host = null
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  BANTIN_CONFIG: join(folder, 'config'),
  BANTIN_TEST_CONNECTIONS: join(folder, 'connections'),
})
const connections = (): string[] => {
  const file = join(folder, 'connections')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}

test('an idle hour asks for nothing, in the host and in the page', async () => {
  // Stored at its own pace: reading a page has a time limit, which would run 600 times as fast.
  const file = join(root, 'tests', 'fixtures', 'bulletins', 'khai-giang.txt')
  execFileSync(process.execPath, [cli, 'import', file, '--library', join(folder, 'library')], { env: environment() })
  host = spawn(
    process.execPath,
    ['--import', hook, cli, 'serve', '--port', '0', '--library', join(folder, 'library')],
    { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] },
  )
  if (host.stdout === null) throw new Error('no output')
  const [address] = (await once(createInterface(host.stdout), 'line')) as [string]
  const browser = await chromium.launch({ executablePath: chromiumPath, args: quiet })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.clock.install()
  await page.goto(address)
  await expect(page.locator('.list .row')).toHaveCount(1)
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible()
  await sleep(1000)
  // To listen at an address, its name is looked up once.
  const before = connections()
  expect(before.filter((made) => !made.startsWith('lookup 127.0.0.1'))).toEqual([])
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.clock.fastForward(hourMs)
  await sleep(hourMs / 600 + 1000)
  await browser.close()
  expect(asked).toEqual([])
  expect(connections()).toEqual(before)
})

test('a connection within the hour would be seen (the control)', () => {
  const work = 'setTimeout(() => require("net").connect(9, "127.0.0.1").on("error", () => undefined), 30 * 60 * 1000)'
  execFileSync(process.execPath, ['--import', hook, '-e', work], { env: environment() })
  expect(connections()).toEqual([expect.stringContaining('connect')])
})
