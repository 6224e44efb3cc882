import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { sampleFile } from '../support/paths'
import { runCli } from '../support/run-cli'

/** Calls the bridge from the page. An argument can be any value that a page could send. */
async function call(page: Page, method: unknown, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, given]) =>
      (window.bantin as unknown as { call: (...args: unknown[]) => Promise<unknown> }).call(name, given),
    [method, input] as const,
  )
}

test('the preload bridge exposes exactly two functions and no part of Node.js', async ({ page }) => {
  expect(
    await page.evaluate(() => Object.entries(window.bantin ?? {}).map(([name, value]) => [name, typeof value])),
  ).toEqual([
    ['call', 'function'],
    ['on', 'function'],
  ])
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'electron'].filter((name) => name in globalThis)),
  ).toEqual([])
})

test('the preload bridge answers malformed calls with typed errors', async ({ page }) => {
  const cases: [method: unknown, input: unknown, code: string][] = [
    ['deleteEverything', {}, 'unknown-method'],
    ['toString', {}, 'unknown-method'],
    ['__proto__', {}, 'unknown-method'],
    [null, {}, 'unknown-method'],
    ['getBulletin', {}, 'invalid-input'],
    ['getBulletin', { id: '../../etc/passwd' }, 'invalid-input'],
    ['changeSettings', { textSize: 101 }, 'invalid-input'],
    ['changeSettings', { unknown: true }, 'invalid-input'],
    ['upload', { name: 'a', bytes: 'text' }, 'invalid-input'],
    ['startImport', { handles: ['none'] }, 'unknown-upload'],
    ['openExternal', { url: 'file:///etc/passwd' }, 'forbidden'],
    ['getBulletin', { id: '0000000000000000' }, 'bulletin-not-found'],
  ]
  for (const [method, input, code] of cases)
    expect(await call(page, method, input), `${String(method)} ${JSON.stringify(input)}`).toMatchObject({
      ok: false,
      error: { code },
    })
})

test('the preload bridge refuses calls from a frame inside the page', async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  const cdp = await page.context().newCDPSession(page)
  const { frameTree } = (await cdp.send('Page.getFrameTree')) as {
    frameTree: { childFrames?: { frame: { id: string } }[] }
  }
  const frameId = frameTree.childFrames?.[0]?.frame.id ?? ''
  expect(frameId).not.toBe('')
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
    frameId,
    worldName: 'Electron Isolated Context',
  })
  const evaluate = async (expression: string): Promise<unknown> =>
    (await cdp.send('Runtime.evaluate', { contextId: executionContextId, expression, returnByValue: true })).result
      .value
  await evaluate('globalThis.shimReply = (id, isOk, value) => { globalThis.reply = value }')
  const message = JSON.stringify({ id: 1, channel: 'bantin:call', args: ['getHost', { $: 'object', value: {} }] })
  await evaluate(`shimSend(${JSON.stringify(message)})`)
  await expect.poll(() => evaluate('JSON.stringify(globalThis.reply ?? null)')).toContain('"forbidden"')
})

test('the desktop program and the command line write the same bytes to bulletin.json', async ({ host, page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const folder = mkdtempSync(join(tmpdir(), 'bantin-bytes-'))
  try {
    const library = join(folder, 'library')
    expect(runCli(folder, ['import', sampleFile]).exit).toBe(0)
    const documentOf = (libraryFolder: string): { path: string; bytes: Buffer } => {
      const path =
        readdirSync(libraryFolder, { recursive: true, encoding: 'utf8' }).find((name) =>
          name.endsWith('bulletin.json'),
        ) ?? ''
      return { path, bytes: readFileSync(join(libraryFolder, path)) }
    }
    const [app, commandLine] = [documentOf(host.libraryFolder), documentOf(library)]
    expect(app.bytes.byteLength).toBeGreaterThan(100)
    expect(app.path).toBe(commandLine.path)
    expect(app.bytes.equals(commandLine.bytes)).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the desktop program releases the library when it quits', async ({ host, page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  expect(readdirSync(host.libraryFolder)).toContain('library.lock')
  await host.close()
  expect(readdirSync(host.libraryFolder)).not.toContain('library.lock')
})
