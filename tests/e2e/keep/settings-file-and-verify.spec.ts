import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { listBulletinFolders } from '../../../src/core/library/store/bulletin-folders'
import { chromiumPath, chromiumFlags } from '../support/chromium'
import { expect, test } from '../support/fixtures'

async function openSettings(page: Page): Promise<void> {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Cài đặt' }).click()
}

/** Presses a button that saves a file, and returns the file's name and text. */
async function savedFile(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

test('the program exports and imports settings, and reports a damaged file in a sentence', async ({ page, host }) => {
  test.skip(host.kind !== 'serve', 'a test can’t drive the system’s save dialog')
  await openSettings(page)
  await page.getByRole('radio', { name: 'Nền tối' }).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  const { name, text } = await savedFile(page, 'Xuất cài đặt…')
  expect(name).toMatch(/^ban-tin-cai-dat-\d{4}-\d\d-\d\d\.json$/)
  await page.getByRole('radio', { name: 'Nền trắng' }).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'white')

  const choose = async (content: string): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Nhập cài đặt…' }).click(),
    ])
    await chooser.setFiles({ name: 'cai-dat.json', mimeType: 'application/json', buffer: Buffer.from(content) })
  }
  await choose(text.slice(0, 40))
  await expect(page.getByText('Tệp này không phải là tệp cài đặt của Bản Tin, hoặc đã hỏng.')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'white')
  await choose(text)
  await expect(page.getByText('Đã nhập cài đặt.')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
})

test('the program checks the library, and shows the name of a changed file on screen and in the report', async ({
  page,
  host,
}) => {
  await openSettings(page)
  await page.getByRole('button', { name: 'Kiểm tra kho' }).click()
  await expect(page.getByText('1 bản tin đều nguyên vẹn.')).toBeVisible()
  const [folder = ''] = await listBulletinFolders(host.libraryFolder)
  const file = join(host.libraryFolder, folder, 'revisions', '0001.json')
  await writeFile(file, `${await readFile(file, 'utf8')} `)
  await page.getByRole('button', { name: 'Kiểm tra kho' }).click()
  await expect(page.getByText('Có 1 chỗ hỏng.')).toBeVisible()
  await expect(page.getByText(`Tệp đã bị thay đổi: ${folder}/revisions/0001.json`)).toBeVisible()
  if (host.kind === 'serve') {
    const report = await savedFile(page, 'Lưu báo cáo…')
    expect(report.name).toMatch(/^kiem-tra-kho-\d{4}-\d\d-\d\d\.txt$/)
    expect(report.text).toContain(`Tệp đã bị thay đổi: ${folder}/revisions/0001.json`)
  }
  const journal = join(host.libraryFolder, 'log', `verify-${new Date().getUTCFullYear()}.jsonl`)
  expect((await readFile(journal, 'utf8')).trim().split('\n')).toHaveLength(2)
})

test('the page in the folder of a bulletin opens without the program, runs no script and sends no request', async ({
  page,
  host,
}) => {
  test.skip(host.kind !== 'serve', 'the file is the same on every host')
  await expect(page.locator('.list .row')).toHaveCount(1)
  const [folder = ''] = await listBulletinFolders(host.libraryFolder)
  // The copied folder of a bulletin needs no library.
  const copy = join(host.libraryFolder, '..', 'usb')
  await cp(join(host.libraryFolder, folder), copy, { recursive: true })
  const path = join(copy, 'index.html')
  const requested: string[] = []
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
  const open = async (html: string): Promise<string> => {
    await writeFile(path, html)
    const own = await browser.newPage()
    await own.goto(`file://${path}`)
    await expect(own.getByRole('heading', { level: 1 })).toContainText('thi đua')
    await expect(own.locator('.date')).toHaveText('08/09/2020')
    await own.waitForTimeout(300)
    return own.title()
  }
  try {
    const html = await readFile(path, 'utf8')
    expect(await open(html)).toContain('thi đua')
    // The policy of the page stops hostile HTML that somebody put into the file.
    const hostile = html.replace(
      '</body>',
      `<img src="http://127.0.0.1:${port}/a" onerror="document.title=1"><script>document.title = 2</script></body>`,
    )
    expect(await open(hostile)).toContain('thi đua')
    expect(requested).toEqual([])
    // Control: without the policy the HTML runs a script and sends a request.
    expect(await open(hostile.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''))).toMatch(/^[12]$/)
    expect(requested).toEqual(['/a'])
  } finally {
    await browser.close()
    server.close()
  }
})
