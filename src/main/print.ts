import { app, BrowserWindow, session, shell } from 'electron'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { readFolderVariable } from '../core/environment'
import { withUserUmask } from '../core/file-access'
import { writeDurably } from '../core/files'
import type { PrintEngine } from '../core/ports'
import type { GeneratedFile, PrintedFile } from '../core/ports'
import { freePath, saveFiles as saveAll } from '../core/outputs/save-files'
import { createTemporaryFolder } from '../core/temporary-folders'
import { cancellation } from '../core/outputs/cancellation'
import { AppError } from '../shared/errors'
import { showSave } from './dialogs'
import { guardSession } from './navigation-guard'
import { answerScheme } from './app-protocol'
import { appAddress } from './security'

/** A function that returns the pages that an edition loads. */
type PageSource = (path: string) => Promise<Response | null>

/** The timeout for loading an edition or a PDF, in ms. */
const loadTimeoutMs = 120_000

/** Editions (printable HTML pages) that a print window is about to load, by path. */
const editions = new Map<string, Response>()

/** Prints editions to PDF in hidden windows. The session of these windows can load only the edition and its media. */
export function openPrintEngine(page: PageSource): PrintEngine {
  return {
    async print(html, policy, signal) {
      const path = `/edition/${randomUUID()}`
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
      editions.set(path, new Response(html, { headers }))
      const window = openHidden(page)
      const stop = cancellation(signal)
      try {
        // The signal is watched while the window prints, because a window that is destroyed while it loads or prints
        // may never answer.
        return await Promise.race([printIn(window, `${appAddress}${path.slice(1)}`), stop.cancelled])
      } catch (thrown) {
        if (thrown instanceof AppError) throw thrown
        throw new AppError('print-failed', 'print: the edition could not be printed', {}, { cause: thrown })
      } finally {
        stop.end()
        editions.delete(path)
        window.destroy()
      }
    },
    close: () => Promise.resolve(),
  }
}

async function printIn(window: BrowserWindow, address: string): Promise<Buffer> {
  await load(window, address)
  await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)')
  return window.webContents.printToPDF({
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  })
}

/**
 * Shows the print dialog of the system. If the PDF was printed from an HTML page, prints that page, else pictures of
 * the pages of the PDF. Chromium's PDF viewer is not used, because Electron prints an empty page until the viewer is
 * ready, without an error. If printing fails, opens the PDF in the PDF program of the system. Throws `no-printer` if
 * the system has no printer, and `print-failed` if the PDF program also fails.
 */
export async function printFile(
  page: PageSource,
  file: PrintedFile,
  copies: number,
): Promise<{ isOpenedInViewer: boolean }> {
  const window = openHidden(page)
  try {
    const folder = testPrintFolder()
    const printers = folder === null ? await window.webContents.getPrintersAsync() : null
    if (printers?.length === 0) throw new AppError('no-printer', 'print: the system has no printer')
    await loadForPrinter(window, file)
    if (folder === null) await printWindow(window, file.sheet, copies)
    else await printToFolder(window, file.sheet, folder)
    return { isOpenedInViewer: false }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'no-printer') throw thrown
    const path = join(createTemporaryFolder('opened', app.getPath('temp')), file.name)
    await writeDurably(dirname(path), path, await bytesOf(page, file.path))
    const problem = await withUserUmask(() => shell.openPath(path))
    if (problem !== '') throw new AppError('print-failed', `print: ${problem}`, {}, { cause: thrown })
    return { isOpenedInViewer: true }
  } finally {
    window.destroy()
  }
}

/** Loads the page that goes to the printer, and waits until its fonts and pictures are drawn. */
async function loadForPrinter(window: BrowserWindow, { edition, path, pages }: PrintedFile): Promise<void> {
  if (edition !== null) {
    await load(window, `${appAddress}${edition.slice(1)}`)
    await within(window.webContents.executeJavaScript(drawnPage))
    return
  }
  await load(window, `${appAddress}sheets.html?file=${encodeURIComponent(path)}`)
  const drawn: unknown = await within(window.webContents.executeJavaScript('window.sheetsDrawn'))
  if (drawn !== pages) throw new AppError('print-failed', `print: ${String(drawn)} of ${pages} sheets were drawn`)
}

/** A script for the page. It waits until the fonts and pictures of the page are loaded. */
const drawnPage = `Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => null))]).then(() => true)`

/** Waits for a step of printing. Throws an error if the step takes longer than {@link loadTimeoutMs}. */
async function within<T>(step: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('print-failed', 'print: a page was not drawn in time')), loadTimeoutMs)
  })
  return Promise.race([step, late]).finally(() => clearTimeout(timer))
}

/**
 * Returns the folder that gets the printed pages as PDF files during tests, which must not open the dialog of the
 * system. Returns null in a packaged program, which always prints to a printer.
 */
function testPrintFolder(): string | null {
  return app.isPackaged ? null : (readFolderVariable(process.env, 'BANTIN_PRINT_FOLDER') ?? null)
}

/** Writes the page that would go to the printer as a PDF file. The files of the folder are numbered. */
async function printToFolder(window: BrowserWindow, sheet: PrintedFile['sheet'], folder: string): Promise<void> {
  const mmPerInch = 25.4
  const bytes = await window.webContents.printToPDF({
    printBackground: true,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    pageSize: { width: sheet.widthMm / mmPerInch, height: sheet.heightMm / mmPerInch },
  })
  await mkdir(folder, { recursive: true })
  const count = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).length
  await writeDurably(folder, join(folder, `${count + 1}.pdf`), bytes)
}

/**
 * Shows the print dialog of the system. The options set the margins and two-sided printing, because Electron would
 * otherwise use its own defaults.
 */
function printWindow(window: BrowserWindow, sheet: PrintedFile['sheet'], copies: number): Promise<void> {
  const micronsPerMm = 1000
  return new Promise((resolve, reject) => {
    window.webContents.print(
      {
        silent: false,
        printBackground: true,
        copies,
        margins: { marginType: 'none' },
        pageSize: {
          width: Math.round(Math.min(sheet.widthMm, sheet.heightMm) * micronsPerMm),
          height: Math.round(Math.max(sheet.widthMm, sheet.heightMm) * micronsPerMm),
        },
        landscape: sheet.widthMm > sheet.heightMm,
        duplexMode: sheet.duplex,
      },
      (isPrinted, reason) => {
        // A print that the user cancels is not a failure.
        if (isPrinted || /cancel/i.test(reason)) resolve()
        else reject(new AppError('print-failed', `print: ${reason}`))
      },
    )
  })
}

/**
 * Asks for a path and saves the files there. The first file gets the name that the user chose. The other files keep
 * their own names and are saved in the same folder. Throws `disk-full`, `folder-not-writable`, `name-too-long`,
 * `write-failed`.
 */
export async function saveFiles(page: PageSource, files: readonly GeneratedFile[]): Promise<string[]> {
  const [first, ...rest] = files
  if (first === undefined) return []
  const ending = extname(first.name).slice(1)
  const filePath = await showSave({
    defaultPath: await freePath(join(app.getPath('documents'), first.name)),
    filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
  })
  if (filePath === null) return []
  const others = await Promise.all(rest.map(({ name }) => freePath(join(dirname(filePath), name))))
  const paths = [filePath, ...others]
  await saveAll(files.map((file, at) => ({ path: paths[at] ?? filePath, read: () => bytesOf(page, file.path) })))
  return paths
}

async function bytesOf(page: PageSource, path: string): Promise<Uint8Array> {
  const response = await page(path)
  if (response === null) throw new AppError('file-not-found', `save files: ${path} was removed`, { name: path })
  return new Uint8Array(await response.arrayBuffer())
}

function openHidden(page: PageSource): BrowserWindow {
  const printSession = session.fromPartition('print')
  guardSession(printSession, null)
  if (!printSession.protocol.isProtocolHandled('bantin'))
    answerScheme(printSession, { page: async (path) => editions.get(path) ?? page(path) })
  return new BrowserWindow({
    show: false,
    webPreferences: {
      session: printSession,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: true,
    },
  })
}

async function load(window: BrowserWindow, address: string): Promise<void> {
  const timer = setTimeout(() => window.destroy(), loadTimeoutMs)
  try {
    await window.loadURL(address)
  } catch (cause) {
    throw new AppError('print-failed', `print: ${address} did not load`, {}, { cause })
  } finally {
    clearTimeout(timer)
  }
}
