/**
 * The endings of the names of folders with the parts of a saved page. Browsers name such a folder after the page, with
 * one of these endings. Chrome, Edge and Firefox write `_files` in every language. Internet Explorer and Word write the
 * word of their own language.
 */
const folderEnding =
  /(?:[_.-](?:files?|tệp|tep|tập[ _]tin|tap[ _]tin|tài[ _]liệu|fichiers|dateien|archivos|arquivos|ficheiros|bestanden|pliki|soubory|fajlovi|filer|tiedostot)|_html|_htm)$/iu
const pageEnding = /\.(?:x?html?|mht(?:ml)?)$/i
const importableEnding = /\.(?:txt|x?html?|mht(?:ml)?|json|eml|webarchive|maff|zip)$/i
/** Matches the path of a stored file of a bulletin, which lies in `files/` beside the document of the bulletin. */
const documentFile = /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/

/** A file to import, together with the parts that the browser saved for the file. */
export interface SavedPage<File> {
  file: File
  parts: Part<File>[]
}

interface Part<File> {
  file: File
  /** The path of the part from the folder of the page, with forward slashes. */
  reference: string
}

/** Tells whether a file with this name can be imported as a bulletin. */
export function isImportableName(name: string): boolean {
  return importableEnding.test(name)
}

/** Tells whether a folder has a name that browsers give to the folder with the parts of a saved page. */
export function isPartsFolder(name: string): boolean {
  return folderEnding.test(name.normalize('NFC'))
}

/** Tells whether a reference in a saved page leads into a folder of parts. */
export function isPartReference(reference: string): boolean {
  const [first = '', ...rest] = reference.replace(/^(?:\.\/)+/, '').split(/[/\\]/)
  return rest.length > 0 && isPartsFolder(decode(first))
}

/**
 * Groups files into pages and the parts of these pages. A file in the parts folder of a page belongs to that page and
 * is not a page itself. If the user renamed a page, no page has the name of its parts folder. In that case, the files
 * of the folder belong to the pages beside the folder that have no parts. Pages inside the folder are then also
 * imported as pages. Paths may have slashes of either kind.
 */
export function groupSavedPages<File extends { path: string }>(given: readonly File[]): SavedPage<File>[] {
  const files = given.map((file) => ({ file, ...splitPath(file.path) }))
  const pagesOf = new Map<string, Set<string>>()
  for (const { folder, name } of files)
    if (pageEnding.test(name)) getNames(pagesOf, folder).add(getKey(name.replace(pageEnding, '')))
  const partsOf = new Map<string, Part<File>[]>()
  const unclaimed = new Map<string, Part<File>[]>()
  const attached = new Set<File>()
  const offered = new Set<File>()
  const documentFolders = new Set(files.filter(({ name }) => /\.json$/i.test(name)).map(({ folder }) => folder))
  for (const { file, segments } of files)
    for (let at = segments.length - 2; at >= 0; at--) {
      const folderName = segments[at] ?? ''
      const isDocuments = folderName === 'files' && at === segments.length - 2
      if (!isDocuments && !isPartsFolder(folderName)) continue
      const beside = segments.slice(0, at).join('/')
      const part = { file, reference: segments.slice(at).join('/') }
      const base = getKey(folderName).replace(folderEnding, '')
      if (isDocuments) {
        if (!documentFile.test(part.reference) || !documentFolders.has(beside)) continue
        push(partsOf, `${beside}/*`, part)
        attached.add(file)
      } else if (pagesOf.get(beside)?.has(base) === true) {
        push(partsOf, `${beside}/${base}`, part)
        attached.add(file)
      } else if (pagesOf.has(beside)) {
        push(unclaimed, beside, part)
        offered.add(file)
      }
    }
  return files
    .filter(({ file, name }) => !attached.has(file) && (!offered.has(file) || isImportableName(name)))
    .map(({ file, folder, name }) => {
      if (/\.json$/i.test(name)) return { file, parts: partsOf.get(`${folder}/*`) ?? [] }
      if (!pageEnding.test(name)) return { file, parts: [] }
      const own = partsOf.get(`${folder}/${getKey(name.replace(pageEnding, ''))}`)
      return { file, parts: own ?? unclaimed.get(folder) ?? [] }
    })
}

function splitPath(path: string): { segments: string[]; folder: string; name: string } {
  const segments = path.split(/[/\\]/)
  return { segments, folder: segments.slice(0, -1).join('/'), name: segments.at(-1) ?? '' }
}

/** Returns the same key for names that some file systems treat as equal. */
function getKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function getNames(folders: Map<string, Set<string>>, folder: string): Set<string> {
  const names = folders.get(folder) ?? new Set()
  folders.set(folder, names)
  return names
}

function push<T>(lists: Map<string, T[]>, key: string, part: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [part])
  else list.push(part)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // A "%" that starts no valid escape is an ordinary character, so the text stays as written.
  }
}
