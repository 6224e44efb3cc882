import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageBrowserPath } from '../support/chromium'
import { expect, test } from '../support/fixtures'
import { readShimCalls } from '../support/hosts/shim-host'
import { root } from '../support/paths'
import { noPdfText, wordsOfPdf } from '../support/pdf-text'
import { openPrintDialog, waitForPreview } from '../support/print-dialog'

test.skip(noPdfText !== null, noPdfText ?? '')

/** Returns what a poppler tool prints about a PDF. */
async function inspect(tool: string, pdf: Buffer, ...options: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-printed-'))
  try {
    await writeFile(join(folder, 'a.pdf'), pdf)
    return execFileSync(tool, [...options, join(folder, 'a.pdf')], { encoding: 'utf8' })
  } finally {
    await rm(folder, { recursive: true })
  }
}

for (const template of ['Văn bản A4', 'Chữ to', 'Bản đọc truyền thanh'])
  test(`the printer gets the text of an edition with the template ${template}`, async ({ host, page }) => {
    const dialog = await openPrintDialog(page)
    await dialog.getByText(template, { exact: true }).click()
    await waitForPreview(dialog, /^\d+ trang, \d+ tờ/)
    await page.keyboard.press('Escape')
    const printed = await host.printed()
    const { pages } = wordsOfPdf(printed)
    expect(pages.length).toBeGreaterThan(1)
    for (const text of pages) expect(text.trim()).not.toBe('')
  })

test('the printer gets one picture for each sheet of a booklet', async ({ host, page }) => {
  const dialog = await openPrintDialog(page)
  await dialog.getByText('Tập A5', { exact: true }).click()
  await waitForPreview(dialog, /^\d+ trang, \d+ tờ/)
  await page.keyboard.press('Escape')
  const printed = await host.printed()
  const sides = Number(/Pages:\s+(\d+)/.exec(await inspect('pdfinfo', printed))?.[1])
  const pictures = (await inspect('pdfimages', printed, '-list')).trim().split('\n').slice(2)
  expect(sides).toBeGreaterThan(1)
  expect(new Set(pictures.map((line) => line.trim().split(/\s+/)[0])).size).toBe(sides)
  expect(await inspect('pdfinfo', printed)).toMatch(/Page size:\s+84[12][.\d]* x 59[45][.\d]* pts/)
})

test.describe('if the system refuses to print', () => {
  test.use({ shimEnv: { SHIM_PRINT: 'fail' } })

  test('the program opens the PDF in the PDF program of the system and tells the user', async ({ host, page }) => {
    const dialog = await openPrintDialog(page)
    await dialog.getByRole('button', { name: 'In', exact: true }).click()
    await expect(page.getByText('Không in thẳng được')).toBeVisible({ timeout: 60_000 })
    const opened = (await readShimCalls(host)).filter(({ name }) => name === 'shell.openPath')
    expect(opened.map(({ args }) => String(args[0]))).toEqual([expect.stringMatching(/\.pdf$/)])
  })
})

/** Prints a PDF from a window of the shim, and returns the text of the printed page. */
async function printPdfInWindow(guard: string, env: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-viewer-'))
  try {
    const main = join(folder, 'main.mjs')
    await writeFile(
      main,
      `import { app, BrowserWindow, protocol, session } from 'electron'
       import { readFileSync } from 'node:fs'
       protocol.registerSchemesAsPrivileged([{ scheme: 'x', privileges: { standard: true } }])
       app.whenReady().then(async () => {
         session.defaultSession.protocol.handle('x', () => new Response(readFileSync(process.env.PDF), { headers: { 'content-type': 'application/pdf' } }))
         ${guard}
         const window = new BrowserWindow({ show: false, webPreferences: { plugins: true } })
         await window.loadURL('x://app/a.pdf')
         window.webContents.print({}, () => app.exit(0))
       })`,
    )
    const pdf = join(folder, 'source.pdf')
    execFileSync(
      pageBrowserPath,
      [...['--headless', '--no-sandbox', '--disable-gpu', `--print-to-pdf=${pdf}`], `data:text/html,<p>Bulletin</p>`],
      { stdio: 'ignore' },
    )
    const child = spawn(process.execPath, [join(root, 'tests', 'electron-shim', 'run.mjs'), main], {
      env: { ...process.env, SHIM_USER_DATA: folder, CHROME_PATH: pageBrowserPath, PDF: pdf, ...env },
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    await new Promise((resolve) => child.once('exit', resolve))
    return wordsOfPdf(await readFile(join(folder, 'shim-printed', '1.pdf'))).words.join(' ')
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

test('as in Electron, the shim prints an empty page if the PDF viewer is blocked or not ready', async () => {
  const cancelForeign = `session.defaultSession.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !url.startsWith('x:') }))`
  expect(await printPdfInWindow('')).toContain('Bulletin')
  expect(await printPdfInWindow(cancelForeign)).toBe('')
  expect(await printPdfInWindow('', { SHIM_PDF_VIEWER: 'never' })).toBe('')
})

test.describe('with a folder for printed pages', () => {
  const printed = mkdtempSync(join(tmpdir(), 'bantin-print-folder-'))
  test.use({ shimEnv: { BANTIN_PRINT_FOLDER: printed, SHIM_PRINTERS: '0' } })
  test.afterAll(() => rm(printed, { recursive: true, force: true }))

  test('the program writes the pages for the printer to the folder and opens no dialog', async ({ host, page }) => {
    const dialog = await openPrintDialog(page)
    await dialog.getByText('Tập A5', { exact: true }).click()
    await waitForPreview(dialog, /^\d+ trang, \d+ tờ/)
    await dialog.getByRole('button', { name: 'In', exact: true }).click()
    await expect.poll(() => readdirSync(printed), { timeout: 60_000 }).toContain('1.pdf')
    const pdf = await readFile(join(printed, '1.pdf'))
    expect(await inspect('pdfinfo', pdf)).toMatch(/Page size:\s+84[12][.\d]* x 59[45][.\d]* pts/)
    expect(existsSync(join(host.libraryFolder, '..', 'shim-printed'))).toBe(false)
  })
})
