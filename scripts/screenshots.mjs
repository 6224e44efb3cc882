// `npm run screenshots`: the pictures of docs/images and of the help pages, from a library of our own bulletins, driven as
// a reader would. `npm run screenshots -- FOLDER` also puts every view in four themes, two languages and three sizes there.
import { chromium } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { startPortal } from '../tests/portal/portal.ts'
import { buildIfStale, root } from './build-if-stale.mjs'
import { chromiumForTests } from './chromium-for-tests.mjs'

buildIfStale()
const folder = mkdtempSync(join(tmpdir(), 'bantin-screenshots-'))
const images = join(root, 'docs', 'images')
const cli = join(root, 'out', 'main', 'cli.js')
const library = join(folder, 'library')
const env = { ...process.env, BANTIN_CONFIG: join(folder, 'config') }
mkdirSync(images, { recursive: true })

const imported = spawnSync(
  process.execPath,
  [
    cli,
    'import',
    join(root, 'resources', 'sample'),
    join(root, 'tests', 'fixtures', 'bulletins'),
    '--library',
    library,
    '--json',
  ],
  { env, encoding: 'utf8' },
)
const { added } = JSON.parse(imported.stdout)
const idOf = (word) => added.find(({ path }) => path.includes(word)).id
spawnSync(process.execPath, [cli, 'mark', idOf('nong-thon-moi'), idOf('2020-09-08'), '--star', '--library', library], {
  env,
})
spawnSync(process.execPath, [cli, 'mark', idOf('khai-giang'), idOf('canh-bao'), '--read', '--library', library], {
  env,
})

// Pages as a printer would get them; poppler draws them.
for (const [name, side, options] of [
  ['print-a4', 1, []],
  ['print-booklet', 4, ['--template', 'booklet']],
  ['print-script', 1, ['--template', 'script']],
]) {
  const pdf = join(folder, `${name}.pdf`)
  spawnSync(process.execPath, [cli, 'print', idOf('2020-09-08'), '-o', pdf, ...options, '--library', library], { env })
  const page = ['-f', String(side), '-l', String(side)]
  spawnSync('pdftoppm', ['-r', '80', ...page, '-png', '-singlefile', pdf, join(images, name)])
}

const server = spawn(process.execPath, [cli, 'serve', '--port', '0', '--library', library], {
  env,
  stdio: ['ignore', 'pipe', 'ignore'],
})
const [address] = await once(createInterface(server.stdout), 'line')
const browser = await chromium.launch({
  executablePath: chromiumForTests(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
/** Two portals to follow, one a weak line behind; and one whose pages fail. */
const portal = await startPortal({ family: 'liferay', count: 14 })
const slow = await startPortal({ family: 'nukeviet', count: 40, delayMs: 400 })
const broken = createServer((request, response) => {
  const at = `http://127.0.0.1:${broken.address().port}`
  const titles = ['Thông báo lịch lấy nước đổ ải vụ xuân', 'Danh sách cơ sở đủ điều kiện an toàn thực phẩm quý II']
  const items = titles.map((title, number) => `<item><title>${title}</title><link>${at}/tin/${number}</link></item>`)
  const isFeed = request.url === '/rss'
  response.writeHead(isFeed ? 200 : 404, { 'content-type': isFeed ? 'application/rss+xml' : 'text/plain' })
  response.end(isFeed ? `<rss version="2.0"><channel><title>Xã Bản Mạ</title>${items.join('')}</channel></rss>` : '')
})
broken.listen(0, '127.0.0.1')
await once(broken, 'listening')
const sizes = {
  1920: { width: 1920, height: 1080 },
  1366: { width: 1366, height: 768 },
  390: { width: 390, height: 844 },
}
const themes = ['paper', 'white', 'night', 'contrast']
try {
  const page = await browser.newPage({ viewport: sizes[1366] })
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
  const article = page.frameLocator('iframe')
  const shoot = async (name, inFolder = images) => {
    await page.mouse.move(0, 0)
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(inFolder, `${name}.png`) })
  }
  /** At its beginning, with nothing selected: what was found stays so. */
  const toTop = () =>
    article.locator('body').evaluate(({ ownerDocument }) => {
      ownerDocument.scrollingElement?.scrollTo(0, 0)
      ownerDocument.getSelection()?.removeAllRanges()
    })
  const rows = page.locator('[role=listbox] [role=option]')
  const openSeed = async () => {
    // By its name: with the portals' bulletins above it, its row may be out of sight.
    await page.keyboard.press('Control+k')
    await page.locator('dialog input').fill('day manh phong trao thi dua')
    await page.locator('dialog [role=option]', { hasText: 'Đẩy mạnh phong trào thi đua' }).first().click()
    await article.locator('.author').waitFor({ state: 'attached' })
  }
  /** Each view: how it is reached from the reader, and how it is left. */
  const views = {
    reader: [async () => {}, async () => {}],
    style: [() => page.locator('.letters').click(), () => page.keyboard.press('Escape')],
    palette: [() => page.keyboard.press('Control+k'), () => page.keyboard.press('Escape')],
    find: [
      async () => {
        await page.keyboard.press('Control+f')
        await page.locator('.find input').fill('thi đua')
      },
      async () => {
        await page.keyboard.press('Escape')
        await toTop()
      },
    ],
    keys: [
      () => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))"),
      () => page.keyboard.press('Escape'),
    ],
    settings: [
      async () => {
        await page.keyboard.press('Control+,')
        // The folder of this run says nothing to a reader.
        await page.locator('.settings .path').evaluate((path) => (path.textContent = '~/bantin/library'))
      },
      () => page.keyboard.press('Escape'),
    ],
    guide: [
      async () => {
        await page.keyboard.press('F1')
        await page.locator('.guide-text p').first().waitFor()
      },
      () => page.keyboard.press('Escape'),
    ],
    // On a phone the list lies behind the bulletin.
    filters: [
      async () => {
        if (page.viewportSize().width < 900) await page.locator('.toolbar button').first().click()
        await page.locator('.filtering > button').click()
      },
      async () => {
        await page.keyboard.press('Escape')
        await openSeed()
      },
    ],
    rail: [
      async () => {
        if (page.viewportSize().width < 900) {
          await page.locator('.toolbar button').first().click()
          await page.locator('.list header .icon-button').first().click()
        } else await call('changeSettings', { railFolded: true })
      },
      async () => {
        await call('changeSettings', { railFolded: false })
        if (page.viewportSize().width < 900) {
          await page.locator('nav.rail .row').first().click()
          await openSeed()
        }
      },
    ],
    log: [
      () => page.evaluate(() => document.querySelector('nav.rail .foot button').click()),
      () => page.locator('main.log header button').first().click(),
    ],
    source: [
      async () => {
        await page.evaluate(() => document.querySelector('nav.rail .foot button').click())
        await page.locator('main.log .schedules button').first().click()
        await page.locator('main.source table').waitFor()
      },
      () => page.locator('main.source header button').first().click(),
    ],
    adding: [
      async () => {
        await page.evaluate(() => document.querySelector('nav.rail .add').click())
        await page.locator('dialog li').first().waitFor()
      },
      () => page.locator('dialog header button').click(),
    ],
    focus: [
      () => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'f' }))"),
      () => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))"),
    ],
  }
  /** Follows an address and begins to fetch it; its source's id. */
  const follow = async (url, name, kind) => {
    const { value } = await call('addSource', { url, name, kind, everyMinutes: 360 })
    await call('startRefresh', { sources: [value.source.id] })
    return value.source.id
  }
  const refreshed = async (id, isEnough) => {
    for (;;) {
      const { value } = await call('listRefreshes', { limit: 20 })
      if (isEnough(value.refreshes.find(({ sources }) => sources.some((source) => source.id === id)))) return
      await page.waitForTimeout(250)
    }
  }
  const show = async (view, name, inFolder) => {
    const [enter, leave] = views[view]
    await enter()
    await shoot(name, inFolder)
    await leave()
  }
  const guide = join(root, 'docs', 'vi', 'images')
  mkdirSync(guide, { recursive: true })

  await page.goto(address)
  await openSeed()
  await shoot('reader')
  await page.getByRole('button', { name: 'In', exact: true }).click()
  await page.locator('.print-dialog canvas').nth(1).waitFor()
  await shoot('print-dialog')
  await page.keyboard.press('Escape')
  await shoot('cua-so-chinh', guide)
  await show('palette', 'palette')
  await show('palette', 'bang-lenh', guide)
  await show('find', 'find')
  await show('settings', 'cai-dat', guide)
  await rows.nth(1).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Control'] })
  await shoot('chon-nhieu', guide)
  await rows.nth(1).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Control'] })
  await openSeed()
  await call('changeSettings', { theme: 'white' })
  await show('style', 'style')
  await call('changeSettings', { theme: 'night' })
  await toTop()
  await shoot('night')
  await call('changeSettings', { textSize: 200 })
  await toTop()
  await shoot('chu-to', guide)
  await call('changeSettings', { theme: 'contrast', textSize: 300 })
  await toTop()
  await shoot('contrast-300')
  await call('changeSettings', { theme: 'paper', textSize: 100 })
  await show('focus', 'focus')
  await page.setViewportSize(sizes[390])
  await toTop()
  await shoot('phone')
  await page.setViewportSize(sizes[1366])
  await show('adding', 'them-nguon', guide)
  const whole = await follow(portal.origin, portal.family.title, 'portal')
  await refreshed(whole, ({ state }) => state === 'done')
  const failing = await follow(`http://127.0.0.1:${broken.address().port}/rss`, 'Xã Bản Mạ', 'feed')
  await refreshed(failing, ({ state }) => state === 'done')
  const running = await follow(slow.origin, slow.family.title, 'portal')
  await refreshed(running, ({ total }) => total.done > 2)
  await show('log', 'downloads')
  await show('log', 'nhat-ky', guide)
  await show('source', 'source')
  await show('source', 'nguon-tin', guide)
  await openSeed()

  const all = process.argv[2]
  for (const language of all === undefined ? [] : ['vi', 'en'])
    for (const theme of themes)
      for (const [width, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        await call('changeSettings', { theme, language, textSize: 100 })
        for (const view of Object.keys(views)) await show(view, `${view}-${theme}-${language}-${width}`, all)
      }
} finally {
  await browser.close()
  await Promise.all([portal.stop(), slow.stop()])
  broken.close()
  server.kill()
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
