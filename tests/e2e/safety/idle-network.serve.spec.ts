import { type ChildProcess, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { chromiumPath, chromiumFlags } from '../support/chromium'
import { cli, root, bulletinFixtures } from '../support/paths'
import { expect, test } from '../support/fixtures'
import { cliEnvironment } from '../support/run-cli'
import { startServer, stopProcess } from '../support/hosts/server-process'

/**
 * A module that makes the timers of the host so fast that an hour takes six seconds. Playwright controls the clock of
 * the page.
 */
const hook = join(root, 'tests', 'e2e', 'support', 'fast-timers.mjs')
const hourMs = 3_600_000
let folder: string
let host: ChildProcess | null = null
test.beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bantin-idle-'))))
test.afterEach(async () => {
  if (host !== null) {
    await stopProcess(host)
    host = null
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const environment = (): NodeJS.ProcessEnv => ({
  ...cliEnvironment(folder),
  BANTIN_TEST_CONNECTIONS: join(folder, 'connections'),
})
const connections = (): string[] => {
  const file = join(folder, 'connections')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}

test('neither the host nor the page makes a connection in an hour without user actions', async () => {
  // The import runs with normal timers, because the time limit of an extraction would be 600 times shorter.
  const file = join(bulletinFixtures, 'khai-giang.txt')
  execFileSync(process.execPath, [cli, 'import', file, '--library', join(folder, 'library')], { env: environment() })
  const server = await startServer({
    cli,
    library: join(folder, 'library'),
    config: join(folder, 'config'),
    nodeFlags: ['--import', hook],
    env: environment(),
  })
  host = server.process
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.clock.install()
  await page.goto(server.address)
  await expect(page.locator('.list .row')).toHaveCount(1)
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible()
  await sleep(1000)
  // Only the lookup of 127.0.0.1 is allowed: when the server starts, it looks up the name of its own address.
  const before = connections()
  expect(before.filter((connection) => !connection.startsWith('lookup 127.0.0.1'))).toEqual([])
  const requested: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  await page.clock.fastForward(hourMs)
  await sleep(hourMs / 600 + 1000)
  await browser.close()
  expect(requested).toEqual([])
  expect(connections()).toEqual(before)
})

test('control: the check finds a connection that is made within the hour', () => {
  const work = 'setTimeout(() => require("net").connect(9, "127.0.0.1").on("error", () => undefined), 30 * 60 * 1000)'
  execFileSync(process.execPath, ['--import', hook, '-e', work], { env: environment() })
  expect(connections()).toEqual([expect.stringContaining('connect')])
})
