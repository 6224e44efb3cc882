import { app, shell } from 'electron'
import { dirname, join } from 'node:path'
import { shareSavedFile, withUserUmask } from '../core/file-access'
import { writeDurably } from '../core/files'
import type { AttachmentFile } from '../core/ports'
import { createTemporaryFolder } from '../core/temporary-folders'
import { AppError } from '../shared/errors'
import type { Language } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'
import { showMessage, showSave } from './dialogs'
import { markAsDownloaded } from './file-mark'

/**
 * The extensions of files that a viewer shows without running code. A file with any other extension could run code, so
 * the user can only save it.
 */
const viewable = new Set([
  ...'pdf doc docx xls xlsx ppt pptx odt ods odp rtf csv txt'.split(' '),
  ...'png jpg gif webp avif bmp tif mp3 m4a wav epub'.split(' '),
])

/** Tells whether the system may open a file of this name in a viewer. */
export function mayOpen(name: string): boolean {
  return viewable.has(name.split('.').at(-1)?.toLowerCase() ?? '')
}

/**
 * Asks the user whether to open or to save an attached file. A file that could run code can only be saved. Throws
 * `open-failed`.
 */
export async function openOrSaveAttachment(file: AttachmentFile, language: Language): Promise<void> {
  const say = (key: Parameters<typeof translate>[1]): string => translate(language, key, { name: file.name })
  const canOpen = mayOpen(file.name)
  const buttons = canOpen
    ? [say('dialog.open'), say('dialog.save-as'), say('ui.cancel')]
    : [say('dialog.save-as'), say('ui.cancel')]
  const { response } = await showMessage({
    type: canOpen ? 'question' : 'warning',
    message: file.name,
    detail: say(canOpen ? 'dialog.attachment' : 'dialog.attachment-unsafe'),
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  })
  if (response === buttons.length - 1) return
  if (canOpen && response === 0) await openCopy(file)
  else await saveAs(file)
}

/** Opens a copy that is marked as downloaded. A viewer therefore cannot change the file in the library. */
async function openCopy({ name, read }: AttachmentFile): Promise<void> {
  const place = createTemporaryFolder('opened', app.getPath('temp'))
  const path = join(place, name)
  await writeDurably(place, path, await read())
  await markAsDownloaded(path)
  const problem = await withUserUmask(() => shell.openPath(path))
  if (problem !== '') throw new AppError('open-failed', `open attachment: ${problem}`, { name })
}

async function saveAs({ name, read }: AttachmentFile): Promise<void> {
  const path = await showSave({ defaultPath: name })
  if (path === null) return
  await writeDurably(dirname(path), path, await read())
  await shareSavedFile(path)
  await markAsDownloaded(path)
}
