import { groupSavedPages, isImportableName, isPartsFolder } from '../../../shared/saved-pages'
import type { NamedFile } from '../stores/jobs'

/** Most files one drop may hold; a whole disk dropped by mistake must not be read. */
const maxFiles = 10_000

/**
 * The files of a drop, named by their path from where they were dropped; folders are walked, and what was saved with
 * a page comes along. Must be called while the drop event is handled.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  const found: NamedFile[] = []
  if (entries.every((entry) => entry === null)) return [...transfer.files].map((file) => ({ name: file.name, file }))
  for (const entry of entries) if (entry !== null) await walk(entry, found, { folder: '', isTaken: entry.isFile })
  return wanted(found).sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }))
}

/** Pages and what was saved with them; other files of folders are left where they are. */
function wanted(found: readonly NamedFile[]): NamedFile[] {
  const pages = groupSavedPages(found.map((file) => ({ ...file, path: file.name }))).filter(
    ({ file: { name } }) => !name.includes('/') || isImportableName(name),
  )
  return [...new Set(pages.flatMap(({ file, parts }) => [file, ...parts.map((part) => part.file)]))]
}

/** Where a walk is: its folder from where it was dropped, and whether every file there is taken. */
interface Place {
  folder: string
  isTaken: boolean
}

async function walk(entry: FileSystemEntry, found: NamedFile[], { folder, isTaken }: Place): Promise<void> {
  if (found.length >= maxFiles) return
  const name = `${folder}${entry.name}`
  if (isFile(entry)) {
    if (!isTaken && !isImportableName(entry.name)) return
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() => unreadable)
    found.push({ name, file })
  } else if (isFolder(entry)) {
    const place = { folder: `${name}/`, isTaken: isTaken || isPartsFolder(entry.name) || entry.name === 'files' }
    for (const child of await childrenOf(entry)) await walk(child, found, place)
  }
}

/** Reading it fails, so that the import names it like any other file that can't be read. */
const unreadable: Blob = Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('unreadable')) })

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** A folder answers in portions until an empty one. */
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
