/**
 * How browsers call the folder they put beside a saved page: its name and one of these endings. Chrome, Edge and
 * Firefox write `_files` in every language; Internet Explorer and Word write their own language's word.
 */
const folderEnding =
  /(?:[_.-](?:files?|tệp|tep|tập[ _]tin|tap[ _]tin|tài[ _]liệu|fichiers|dateien|archivos|arquivos|ficheiros|bestanden|pliki|soubory|fajlovi|filer|tiedostot)|_html|_htm)$/iu
const pageEnding = /\.(?:x?html?|mht(?:ml)?)$/i
const importableEnding = /\.(?:txt|x?html?|mht(?:ml)?|json)$/i
/** Beside a document of ours: the files of its bulletin. */
const documentFile = /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/

/** A file to import and the files that belong to it. */
export interface SavedPage<File> {
  file: File
  parts: Part<File>[]
}

interface Part<File> {
  file: File
  /** The path from the page's own folder, with forward slashes. */
  reference: string
}

/** Whether a file found in a folder is taken by itself, by its name. */
export function isImportableName(name: string): boolean {
  return importableEnding.test(name)
}

/** Whether a folder's name is one that a browser gives to the parts of a saved page. */
export function isPartsFolder(name: string): boolean {
  return folderEnding.test(name.normalize('NFC'))
}

/** Whether a reference as a saved page writes it leads into a folder of such a name. */
export function isPartReference(reference: string): boolean {
  const [first = '', ...rest] = reference.replace(/^(?:\.\/)+/, '').split(/[/\\]/)
  return rest.length > 0 && isPartsFolder(decoded(first))
}

/**
 * Tells pages from the files that were saved with them: what lies in the folder of a page that stands beside it is
 * a part of that page and no page of its own. A folder of such a name without its page (the page was renamed) is
 * offered to the pages beside it that have none, and its own pages are pages all the same. Slashes of either kind
 * part folders.
 */
export function groupSavedPages<File extends { path: string }>(given: readonly File[]): SavedPage<File>[] {
  const files = given.map((file) => ({ file, ...placeOf(file.path) }))
  const pagesOf = new Map<string, Set<string>>()
  for (const { folder, name } of files)
    if (pageEnding.test(name)) namesIn(pagesOf, folder).add(keyOf(name.replace(pageEnding, '')))
  const partsOf = new Map<string, Part<File>[]>()
  const unclaimed = new Map<string, Part<File>[]>()
  const owned = new Set<File>()
  const offered = new Set<File>()
  const documentFolders = new Set(files.filter(({ name }) => /\.json$/i.test(name)).map(({ folder }) => folder))
  for (const { file, segments } of files)
    for (let at = segments.length - 2; at >= 0; at--) {
      const folderName = segments[at] ?? ''
      const isDocuments = folderName === 'files' && at === segments.length - 2
      if (!isDocuments && !isPartsFolder(folderName)) continue
      const beside = segments.slice(0, at).join('/')
      const part = { file, reference: segments.slice(at).join('/') }
      const base = keyOf(folderName).replace(folderEnding, '')
      if (isDocuments) {
        if (!documentFile.test(part.reference) || !documentFolders.has(beside)) continue
        push(partsOf, `${beside}/*`, part)
        owned.add(file)
      } else if (pagesOf.get(beside)?.has(base) === true) {
        push(partsOf, `${beside}/${base}`, part)
        owned.add(file)
      } else if (pagesOf.has(beside)) {
        push(unclaimed, beside, part)
        offered.add(file)
      }
    }
  return files
    .filter(({ file, name }) => !owned.has(file) && (!offered.has(file) || isImportableName(name)))
    .map(({ file, folder, name }) => {
      if (/\.json$/i.test(name)) return { file, parts: partsOf.get(`${folder}/*`) ?? [] }
      if (!pageEnding.test(name)) return { file, parts: [] }
      const own = partsOf.get(`${folder}/${keyOf(name.replace(pageEnding, ''))}`)
      return { file, parts: own ?? unclaimed.get(folder) ?? [] }
    })
}

function placeOf(path: string): { segments: string[]; folder: string; name: string } {
  const segments = path.split(/[/\\]/)
  return { segments, folder: segments.slice(0, -1).join('/'), name: segments.at(-1) ?? '' }
}

/** Names that one file system or another takes for the same. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function namesIn(folders: Map<string, Set<string>>, folder: string): Set<string> {
  const names = folders.get(folder) ?? new Set()
  folders.set(folder, names)
  return names
}

function push<T>(lists: Map<string, T[]>, key: string, part: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [part])
  else list.push(part)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a "%" that stands for itself
  }
}
