// The module `electron` in unit tests. Its functions do nothing. It lets tests import modules of src/main.
export const app = { getPath: (): string => '', getName: (): string => 'bantin', getVersion: (): string => '0.0.0' }
export const ipcMain = { on: (): void => undefined }
export const ipcRenderer = { sendSync: (): null => null }
export const shell = {}
