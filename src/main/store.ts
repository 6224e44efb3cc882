import { ipcMain } from 'electron'
import ElectronStore from 'electron-store'
import type { DocumentPlace, DocumentStore } from '../core/ports'

/**
 * Opens the document store of the app. The store has no defaults, schema, migrations or watch, and never clears a
 * damaged file. The reasons are in docs/format/library-1.md.
 */
export function openStore({ cwd, name }: DocumentPlace): DocumentStore {
  const store = new ElectronStore({ cwd, name })
  // The IPC channel of electron-store, which answers requests of pages, is closed. Pages of the program do not need
  // this channel.
  ipcMain.removeAllListeners('electron-store-get-data')
  return store
}
