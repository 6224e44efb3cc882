// `npm run screenshots`: the pictures of docs/images, from a library of our own bulletins, driven as a reader would.
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
const sizes = { 1366: { width: 1366, height: 768 }, 390: { width: 390, height: 844 } }
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
  const article = page.frameLocator('iframe[title="Nội dung bản tin"]')
  const shoot = async (name) => {
    await page.mouse.move(0, 0)
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(images, `${name}.png`) })
  }
  await page.goto(address)
  await page.getByRole('option').filter({ hasText: 'Đẩy mạnh phong trào thi đua' }).click()
  await article.locator('.author').waitFor({ state: 'attached' })
  await shoot('reader')
  await page.getByRole('button', { name: 'In', exact: true }).click()
  await page.locator('.print-dialog canvas').nth(1).waitFor()
  await shoot('print-dialog')
  await page.keyboard.press('Escape')
  for (const theme of ['paper', 'white', 'night', 'contrast'])
    for (const textSize of [100, 300])
      for (const [width, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        await call('changeSettings', { theme, textSize })
        await article.locator('body').evaluate((body) => body.ownerDocument.scrollingElement?.scrollTo(0, 0))
        await shoot(`${theme}-${textSize}-${width}`)
      }
} finally {
  await browser.close()
  server.kill()
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
