// The module `electron` in unit tests. This module does nothing, but tests can import modules of src/main with it.
export const app = { getPath: (): string => '', getName: (): string => 'bantin', getVersion: (): string => '0.0.0' }
export const ipcMain = { on: (): void => undefined }
export const ipcRenderer = { sendSync: (): null => null }
export const shell = {}
