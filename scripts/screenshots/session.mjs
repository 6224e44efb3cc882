// The environment of the screenshots: a library, a host, a browser and the portals.
import { chromium } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumFlags } from '../../tests/e2e/support/chromium.ts'
import { startFailingFeed } from '../../tests/e2e/support/failing-feed.ts'
import { startServer } from '../../tests/e2e/support/hosts/server-process.ts'
import { startPortal } from '../../tests/portal/portal.ts'
import { chromiumForTests } from '../chromium-for-tests.mjs'
import { cli, root } from '../project.mjs'

/**
 * Starts the environment of the screenshots. In the result, `call` calls a method of the host. `followPortals` follows
 * portals, which fills the log of the refreshes.
 */
export async function startScreenshotSession({ images, viewport }) {
  const folder = mkdtempSync(join(tmpdir(), 'bantin-screenshots-'))
  const [library, config] = [join(folder, 'library'), join(folder, 'config')]
  const bantin = (...words) =>
    spawnSync(process.execPath, [cli, ...words, '--library', library], {
      env: { ...process.env, BANTIN_CONFIG: config },
      encoding: 'utf8',
    })
  fillLibrary(bantin, images, folder)
  const server = await startServer({ cli, library, config })
  const browser = await chromium.launch({ executablePath: chromiumForTests(), args: chromiumFlags })
  const portals = await startPortals()
  const page = await browser.newPage({ viewport })
  const call = (method, input) =>
    page.evaluate(
      ([name, given]) =>
        fetch('/api/call', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ method: name, input: given }),
        }).then((answer) => answer.json()),
      [method, input],
    )
  return {
    page,
    address: server.address,
    call,
    followPortals: () => followPortals(page, call, portals),
    async close() {
      await browser.close()
      await portals.stop()
      server.process.kill()
      await once(server.process, 'exit')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Imports the bulletins, marks some of them, and draws the printed pages of one bulletin with poppler. */
function fillLibrary(bantin, images, folder) {
  const samples = [join(root, 'resources', 'sample'), join(root, 'tests', 'fixtures', 'bulletins')]
  const { added } = JSON.parse(bantin('import', ...samples, '--json').stdout)
  const idOf = (word) => added.find(({ path }) => path.includes(word)).id
  bantin('mark', idOf('nong-thon-moi'), idOf('2020-09-08'), '--star')
  bantin('mark', idOf('khai-giang'), idOf('canh-bao'), '--read')
  for (const [name, side, options] of [
    ['print-a4', 1, []],
    ['print-booklet', 4, ['--template', 'booklet']],
    ['print-script', 1, ['--template', 'script']],
  ]) {
    const pdf = join(folder, `${name}.pdf`)
    bantin('print', idOf('2020-09-08'), '-o', pdf, ...options)
    const page = ['-f', String(side), '-l', String(side)]
    spawnSync('pdftoppm', ['-r', '80', ...page, '-png', '-singlefile', pdf, join(images, name)])
  }
}

/** Starts a portal that answers immediately, a portal with a slow connection, and a feed whose pages fail. */
async function startPortals() {
  const fast = await startPortal({ family: 'liferay', count: 14 })
  const slow = await startPortal({ family: 'nukeviet', count: 40, delayMs: 400 })
  const failing = await startFailingFeed({
    title: 'Xã Bản Mạ',
    entries: ['Thông báo lịch lấy nước đổ ải vụ xuân', 'Danh sách cơ sở đủ điều kiện an toàn thực phẩm quý II'],
    pageStatus: 404,
  })
  return {
    fast,
    slow,
    failing,
    async stop() {
      await Promise.all([fast.stop(), slow.stop()])
      failing.stop()
    },
  }
}

/** Follows the three portals. Returns while the slow portal is still being downloaded. */
async function followPortals(page, call, { fast, slow, failing }) {
  const follow = async (url, name, kind) => {
    const { value } = await call('addSource', { url, name, kind, everyMinutes: 360 })
    await call('startRefresh', { sources: [value.source.id] })
    return value.source.id
  }
  const waitForRefresh = async (id, isReady) => {
    for (;;) {
      const { value } = await call('listRefreshes', { limit: 20 })
      if (isReady(value.refreshes.find(({ sources }) => sources.some((source) => source.id === id)))) return
      await page.waitForTimeout(250)
    }
  }
  await waitForRefresh(await follow(fast.origin, fast.family.title, 'portal'), ({ state }) => state === 'done')
  await waitForRefresh(await follow(failing.feedAddress, 'Xã Bản Mạ', 'feed'), ({ state }) => state === 'done')
  await waitForRefresh(await follow(slow.origin, slow.family.title, 'portal'), ({ total }) => total.done > 2)
}
