import { BrowserWindow, dialog, session } from 'electron'
import { dirname } from 'node:path'
import type { App } from '../core/app'
import { writeDurably } from '../core/library/disk'
import { slugOf } from '../core/text/slug'
import { AppError } from '../shared/errors'
import { guardSession } from './navigation'
import { answerScheme } from './scheme'
import { appAddress } from './security'

/** Longest a print window may take to load, ms. */
const loadMs = 30_000

/** Shows the system's print dialog for the edition of these bulletins. Throws `print-failed`. */
export async function printEdition(library: App, ids: readonly string[]): Promise<void> {
  const window = await openEdition(library, ids)
  try {
    await new Promise<void>((resolve, reject) => {
      window.webContents.print({ silent: false, printBackground: true }, (isPrinted, reason) => {
        // The reader's own "no" is no failure.
        if (isPrinted || /cancel/i.test(reason)) resolve()
        else reject(new AppError('print-failed', `print: ${reason}`))
      })
    })
  } finally {
    window.destroy()
  }
}

/** Asks where to, then saves the edition as PDF. Throws `print-failed`, `disk-full`, `write-failed`. */
export async function saveEdition(
  library: App,
  ids: readonly string[],
  title: string,
  filterName: string,
): Promise<void> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `${slugOf(title, 60) || 'ban-tin'}.pdf`,
    filters: [{ name: filterName, extensions: ['pdf'] }],
  })
  if (canceled || filePath === '') return
  const window = await openEdition(library, ids)
  try {
    const pdf = await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
    await writeDurably(dirname(filePath), filePath, pdf)
  } finally {
    window.destroy()
  }
}

/** A hidden window without preload, in a session that can load nothing but the edition and its media. */
async function openEdition(library: App, ids: readonly string[]): Promise<BrowserWindow> {
  const printSession = session.fromPartition('print')
  guardSession(printSession, null)
  if (!printSession.protocol.isProtocolHandled('bantin')) answerScheme(printSession, library)
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: printSession, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  const timer = setTimeout(() => window.destroy(), loadMs)
  try {
    await window.loadURL(`${appAddress}print/${ids.join(',')}`)
    await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)')
    return window
  } catch (cause) {
    window.destroy()
    throw new AppError('print-failed', 'print: the edition did not load', {}, { cause })
  } finally {
    clearTimeout(timer)
  }
}
