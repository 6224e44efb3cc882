import { dialog, type MessageBoxOptions, type MessageBoxReturnValue, type SaveDialogOptions } from 'electron'
import { lastWindow } from './windows/track-windows'

/** Asks for a path over the window that the user used last. Returns null if the user cancels. */
export async function showSave(options: SaveDialogOptions): Promise<string | null> {
  const parent = lastWindow()
  const { canceled, filePath } =
    parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options)
  return canceled || filePath === '' ? null : filePath
}

/** Shows a message over the window that the user used last. */
export function showMessage(options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  const parent = lastWindow()
  return parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options)
}
