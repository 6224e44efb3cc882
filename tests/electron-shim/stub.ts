// Stands in for electron in unit tests: main's modules can be loaded, nothing of them can be done.
export const app = { getPath: (): string => '', getName: (): string => 'bantin', getVersion: (): string => '0.0.0' }
export const ipcMain = { on: (): void => undefined }
export const ipcRenderer = { sendSync: (): null => null }
export const shell = {}
