// `npm run screenshots`: the pictures of docs/images and of the help pages, from a library of our own bulletins, driven as
// a reader would. `npm run screenshots -- FOLDER` also puts every view in four themes, two languages and three sizes there.
import { chromium } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
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
  const toTop = () => article.locator('body').evaluate((body) => body.ownerDocument.scrollingElement?.scrollTo(0, 0))
  const rows = page.locator('[role=listbox] [role=option]')
  const openSeed = async () => {
    await rows.filter({ hasText: 'Đẩy mạnh phong trào thi đua' }).click()
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
      () => page.keyboard.press('Escape'),
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
    focus: [
      () => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'f' }))"),
      () => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))"),
    ],
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
  server.kill()
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
