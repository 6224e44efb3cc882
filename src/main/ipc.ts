import { type BrowserWindow, ipcMain } from 'electron'
import type { App } from '../core/app-interface'
import type { NumberedEvent } from '../shared/contract/api'
import { ipcChannels } from '../shared/contract/ipc-channels'
import { AppError, toErrorShape } from '../shared/errors'
import { senderProblem } from './security'
import { listWindows } from './windows/track-windows'

/**
 * Connects the windows to the program. Checks the sender of each call, passes the call to the program, and sends every
 * event of the program to all windows.
 */
export function connectWindows(library: Pick<App, 'call' | 'on'>, devAddress: string | null): void {
  ipcMain.handle(ipcChannels.call, async ({ senderFrame }, method: unknown, input: unknown) => {
    const problem = senderProblem(senderFrame, devAddress)
    if (problem !== null) return { ok: false, error: toErrorShape(new AppError('forbidden', `call: ${problem}`)) }
    return library.call(method, input)
  })
  library.on((event) => {
    for (const window of listWindows()) tell(window, event)
  })
}

/** Sends an event to one window. */
export function tell(window: BrowserWindow, event: NumberedEvent): void {
  if (!window.isDestroyed()) window.webContents.send(ipcChannels.event, event)
}
