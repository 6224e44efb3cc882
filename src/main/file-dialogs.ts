import { shell } from 'electron'
import { dirname } from 'node:path'
import { shareSavedFile, withUserUmask } from '../core/file-access'
import { writeDurably } from '../core/files'
import type { Output } from '../shared/contract/api'
import { AppError } from '../shared/errors'
import { showSave } from './dialogs'

/** Opens a folder in the file manager of the system. Throws `open-failed`. */
export async function openDataFolder(folder: string): Promise<Output<'openDataFolder'>> {
  const problem = await withUserUmask(() => shell.openPath(folder))
  if (problem !== '') throw new AppError('open-failed', `open folder: ${problem}`, { name: folder })
  return { path: folder, opened: true }
}

/**
 * Asks for a path and saves a text there. The text is UTF-8 with a byte order mark, which old Windows editors need.
 * Throws `disk-full`, `folder-not-writable`, `name-too-long` or `write-failed`.
 */
export async function saveText(name: string, text: string): Promise<Output<'saveText'>> {
  const file = await askWhere(name, name.split('.').at(-1) ?? 'txt')
  if (file === null) return { saved: false, byPage: false }
  await writeDurably(dirname(file), file, Buffer.from(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`))
  await shareSavedFile(file)
  return { saved: true, byPage: false }
}

/** Asks for the path of a backup. Returns null if the user cancels. */
export async function chooseBackup(name: string): Promise<{ file: string; page: null } | null> {
  const file = await askWhere(name, 'tar.gz')
  return file === null ? null : { file, page: null }
}

function askWhere(defaultPath: string, extension: string): Promise<string | null> {
  return showSave({ defaultPath, filters: [{ name: `.${extension}`, extensions: [extension] }] })
}
