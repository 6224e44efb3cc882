import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { AppError } from '../../../shared/errors'
import { makeFolder, moveDurably, syncFolder, systemCode } from '../../files'
import { openPlainFile, readPlainFile } from '../../trust/plain-files'
import { mergeBulletin } from '../backup/merge-bulletin'
import { isInTrash } from '../store/bulletin-folder'
import { findFreeFolder } from '../store/bulletin-folders'
import { listFiles, type WriteContext } from '../store/commit'
import { eventRecord, parseDocument } from '../store/documents'
import { placeDetails } from '../store/journal'

/** A bulletin that is stored in more than one folder. */
interface Duplicate {
  id: string
  /** The intact folders of the bulletin, relative to the library. Folders outside the trash come first. */
  folders: readonly string[]
  now: Date
}

/**
 * Merges the folders of a bulletin that is stored more than once, for example in the trash and outside it. The merged
 * bulletin has the captures, files, revisions, highlights and notes of all folders. It is in the trash if all folders
 * are there, or if the last move in the journal was to the trash.
 * Deletes nothing: the other folders are moved to `damaged/`. After a crash, the merge can run again. Returns the
 * remaining folder. Throws `bulletin-damaged`, and the errors of a write.
 */
export async function mergeFolders(
  writing: WriteContext,
  { id, folders, now }: Duplicate,
): Promise<{ folder: string; setAside: string[] }> {
  const { root } = writing
  const isTrashed = folders.every(isInTrash) || (await wasLastMovedToTrash(root, id))
  const folder = folders.find((each) => isInTrash(each) === isTrashed) ?? folders[0]
  if (folder === undefined) throw new AppError('bulletin-not-found', `merge folders: none of ${id}`, { id })
  const setAside: string[] = []
  for (const other of folders.filter((each) => each !== folder)) {
    await mergeBulletin(await readFiles(join(root, other)), {
      writing,
      folder: other,
      findFolder: () => Promise.resolve(folder),
      isDeleted: () => false,
      onStored: () => Promise.resolve(),
    })
    const aside = await findFreeFolder(root, `damaged/${basename(other)}-${now.getTime()}`)
    await makeFolder(root, join(root, 'damaged'))
    await moveDurably(join(root, other), join(root, aside))
    await syncFolder(join(root, other, '..'))
    setAside.push(aside)
  }
  return { folder, setAside }
}

async function readFiles(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const path of await listFiles(folder)) {
    const bytes = await readPlainFile(join(folder, path)).catch((thrown: unknown) => {
      if (systemCode(thrown) === 'ENOENT') return null // A link counts as missing and is left out.
      throw thrown
    })
    if (bytes !== null) files.set(path, bytes)
  }
  return files
}

/** Whether the journal's last event about the place of a bulletin is a move to the trash. */
async function wasLastMovedToTrash(root: string, id: string): Promise<boolean> {
  const names = await readdir(join(root, 'log')).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  })
  let isTrashed = false
  for (const name of names.filter((each) => /^events-\d{4}\.jsonl$/.test(each)).sort()) {
    const file = await openPlainFile(join(root, 'log', name))
    const lines = createInterface({ input: file.createReadStream(), crlfDelay: Infinity })
    for await (const line of lines) {
      const event = line.includes(id) ? parseEvent(line) : null
      if (event?.object !== id) continue
      const { detail } = event
      if (detail === placeDetails.trashed) isTrashed = true
      else if (detail === placeDetails.restored || detail === placeDetails.added) isTrashed = false
    }
  }
  return isTrashed
}

/** Parses a line of the journal. Returns null for a line that a crash cut off. */
function parseEvent(line: string): ReturnType<typeof parseDocument<typeof eventRecord>> | null {
  try {
    return parseDocument(line, eventRecord, 'log')
  } catch {
    return null
  }
}
