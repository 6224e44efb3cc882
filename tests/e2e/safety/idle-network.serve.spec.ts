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

/** Makes an hour of six seconds, in the host by its timers and in the page by its clock. */
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

test('an idle hour asks for nothing, in the host and in the page', async () => {
  // Stored at its own pace: reading a page has a time limit, which would run 600 times as fast.
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
