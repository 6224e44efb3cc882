import type { NamedFile } from '../stores/jobs'

/** In folders, files of these kinds are taken. */
const importable = /\.(txt|html?|mhtml|json)$/i
/** Most files one drop may hold; a whole disk dropped by mistake must not be read. */
const maxFiles = 10_000

/** The files of a drop; folders are walked. Must be called while the drop event is handled. */
export async function filesOf(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  const found: NamedFile[] = []
  if (entries.every((entry) => entry === null)) return [...transfer.files].map((file) => ({ name: file.name, file }))
  for (const entry of entries) if (entry !== null) await walk(entry, found, true)
  return found.sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }))
}

async function walk(entry: FileSystemEntry, found: NamedFile[], isNamed: boolean): Promise<void> {
  if (found.length >= maxFiles) return
  if (isFile(entry)) {
    if (!isNamed && !importable.test(entry.name)) return
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() => unreadable)
    found.push({ name: entry.name, file })
  } else if (isFolder(entry)) for (const child of await childrenOf(entry)) await walk(child, found, false)
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
