import { groupSavedPages, isImportableName, isPartsFolder } from '../../../shared/saved-pages'

/** A file to import, as the browser hands it to the page. */
export interface NamedFile {
  /** The path of the file within the dropped folder. If no folder was dropped, the path is the file's name. */
  name: string
  file: Blob
}

/** The maximum number of files that are read from a drop. The limit helps a user who drops a whole disk by mistake. */
const maxFiles = 10_000

/**
 * Reads the files of a drop, including those in folders. A browser saves a page together with a folder of its parts.
 * Files in such a folder belong to the page. The caller must call this function while the drop event is handled,
 * because the browser forgets the files afterwards.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  const found: NamedFile[] = []
  if (entries.every((entry) => entry === null)) return [...transfer.files].map((file) => ({ name: file.name, file }))
  for (const entry of entries) if (entry !== null) await walk(entry, found, { folder: '', readsAll: entry.isFile })
  return selectImportable(found).sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }))
}

/**
 * Selects all files that the user dropped directly. Of the files in dropped folders, selects only importable files and
 * the parts of saved pages.
 */
function selectImportable(found: readonly NamedFile[]): NamedFile[] {
  const pages = groupSavedPages(found.map((file) => ({ ...file, path: file.name }))).filter(
    ({ file: { name } }) => !name.includes('/') || isImportableName(name),
  )
  return [...new Set(pages.flatMap(({ file, parts }) => [file, ...parts.map((part) => part.file)]))]
}

/** A folder whose files are being listed. */
interface WalkedFolder {
  /** The path of the folder within the drop, with a slash at the end. The value is empty for the drop itself. */
  folder: string
  /** Whether every file of the folder is read. If not, only files with an importable name are read. */
  readsAll: boolean
}

async function walk(entry: FileSystemEntry, found: NamedFile[], { folder, readsAll }: WalkedFolder): Promise<void> {
  if (found.length >= maxFiles) return
  const name = `${folder}${entry.name}`
  if (isFile(entry)) {
    if (!readsAll && !isImportableName(entry.name)) return
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() => unreadable)
    found.push({ name, file })
  } else if (isFolder(entry)) {
    const inner = { folder: `${name}/`, readsAll: readsAll || isPartsFolder(entry.name) || entry.name === 'files' }
    for (const child of await childrenOf(entry)) await walk(child, found, inner)
  }
}

/**
 * A blob in the place of a file that the browser cannot open. Reading this blob fails, so the import reports the file
 * by name.
 */
const unreadable: Blob = Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('unreadable')) })

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** Reads a folder. The browser returns the entries of the folder in portions, and an empty portion at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    ).catch(() => [])
    if (portion.length === 0) return children
    children.push(...portion)
  }
}
