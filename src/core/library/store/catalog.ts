import { basename, dirname, join } from 'node:path'
import { asReadError, isReadFailure, systemCode } from '../../files'
import { isInTrash, names } from './bulletin-folder'
import { listBulletinFolders, listFolder } from './bulletin-folders'
import { listFiles } from './commit'
import { bulletinDocument, readDocument } from './documents'

/**
 * Finds the folders of bulletins by their ids, from the folders and documents on the disk. A writer uses the catalog to
 * find out whether a bulletin exists, because the index is only a cache. The catalog keeps only the first characters of
 * the ids in memory, which it takes from the names of the folders. Every answer is checked against `bulletin.json`.
 */
export interface Catalog {
  /**
   * Returns the folders of a bulletin, relative to the library. Folders outside the trash come first. Several folders
   * mean that the bulletin is stored more than once. `knownFolder` is also checked, because the user may have renamed
   * the folder. A folder whose `bulletin.json` is damaged is included if its name fits the id. Throws `read-failed`.
   */
  findFolders(id: string, knownFolder?: string | null): Promise<string[]>
  /** Records a folder that was stored or moved. */
  add(folder: string): void
  /** Lists the bulletins that are stored in more than one folder. Reads the names of all folders again. */
  listDuplicates(): Promise<{ id: string; folders: string[] }[]>
}

/** Creates a catalog. It lists the folders of the library at the first call. */
export function createCatalog(root: string): Catalog {
  let listing: Promise<Parents> | null = null
  const load = (): Promise<Parents> => {
    const loading = (listing ??= listFolders(root))
    return loading.catch((thrown: unknown) => {
      if (listing === loading) listing = null
      throw thrown
    })
  }
  const listCandidates = async (id: string): Promise<string[]> => {
    const key = id.slice(0, keyLength)
    const found: string[] = []
    for (const parent of (await load()).find(key))
      for (const { name, isFolder } of await listFolder(root, parent))
        if (isFolder && keysOf(name).includes(key)) found.push(`${parent}/${name}`)
    return found
  }
  const findFolders: Catalog['findFolders'] = async (id, knownFolder = null) => {
    const isKnownFound = knownFolder !== null && (await checkFolder(root, knownFolder, id)) === 'found'
    const candidates = await listCandidates(id).catch((thrown: unknown) => {
      // A folder that the disk can't read is skipped if another folder of the bulletin is known, so that changes of
      // bulletins in other folders stay possible.
      if (isKnownFound && isReadFailure(thrown)) return []
      throw thrown
    })
    const folders = new Set(isKnownFound ? [knownFolder] : [])
    const damaged: string[] = []
    for (const folder of candidates) {
      const state = folders.has(folder) ? 'found' : await checkFolder(root, folder, id)
      if (state === 'found') folders.add(folder)
      else if (state === 'damaged') damaged.push(folder)
    }
    return [...folders, ...damaged].sort((a, b) => Number(isInTrash(a)) - Number(isInTrash(b)))
  }
  return {
    findFolders,
    add: (folder) =>
      void listing?.then(
        (parents) => parents.add(folder),
        () => undefined,
      ),
    async listDuplicates() {
      listing = null
      const ids = new Map<string, string[]>()
      for (const folder of await listSharedFolders(root)) {
        const id = await readId(root, folder)
        if (id !== null) ids.set(id, [...(ids.get(id) ?? []), folder])
      }
      return [...ids].filter(([, folders]) => folders.length > 1).map(([id, folders]) => ({ id, folders }))
    },
  }
}

/** Number of characters of an id that are in the name of the bulletin's folder. */
const keyLength = 8

/**
 * Returns the parts of a folder's name that may be the first characters of an id. These parts are at the end of the
 * name. Numbers may follow them, and a number may itself look like the first characters of an id.
 */
function keysOf(name: string): string[] {
  const keys: string[] = []
  for (const part of name.split('-').reverse()) {
    if (part.length === keyLength) keys.push(part)
    if (!/^\d+$/.test(part)) break
  }
  return keys
}

/** The parent folders of bulletins, found by the first characters of the bulletins' ids. */
interface Parents {
  find(key: string): readonly string[]
  add(folder: string): void
}

async function listFolders(root: string): Promise<Parents> {
  const parentsByKey = new Map<string, readonly string[]>()
  /**
   * One array for each parent folder. All bulletins of the folder share the array, so that 100,000 bulletins need only
   * a few hundred arrays.
   */
  const shared = new Map<string, readonly string[]>()
  const add = (folder: string): void => {
    const parent = dirname(folder)
    const alone = shared.get(parent) ?? [parent]
    shared.set(parent, alone)
    for (const key of keysOf(basename(folder))) {
      const known = parentsByKey.get(key)
      if (known === undefined) parentsByKey.set(key, alone)
      else if (!known.includes(parent)) parentsByKey.set(key, [...known, parent])
    }
  }
  for (const folder of await listBulletinFolders(root)) add(folder)
  return { find: (key) => parentsByKey.get(key) ?? [], add }
}

/** Lists the folders whose names contain the same first characters of an id as another folder. */
async function listSharedFolders(root: string): Promise<string[]> {
  const byKey = new Map<string, string[]>()
  for (const folder of await listBulletinFolders(root))
    for (const key of keysOf(basename(folder))) byKey.set(key, [...(byKey.get(key) ?? []), folder])
  return [...new Set([...byKey.values()].filter((folders) => folders.length > 1).flat())]
}

/** Reads the id in `bulletin.json`. Returns null if the document is missing or damaged. */
async function readId(root: string, folder: string): Promise<string | null> {
  try {
    return (await readDocument(join(root, folder, names.bulletin), bulletinDocument)).id
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOTDIR' && isReadFailure(thrown)) throw asReadError(thrown, join(root, folder))
    return null
  }
}

/**
 * Checks whether a folder contains the bulletin `id`. Returns `damaged` if the name fits the id but `bulletin.json`
 * can't be read.
 */
async function checkFolder(root: string, folder: string, id: string): Promise<'found' | 'damaged' | 'other'> {
  const found = await readId(root, folder)
  if (found !== null) return found === id ? 'found' : 'other'
  const suffix = id.slice(0, keyLength) + id.slice(16).replace('~', '-')
  if (!basename(folder).endsWith(suffix)) return 'other'
  const files = await listFiles(join(root, folder)).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return []
    throw asReadError(thrown, join(root, folder))
  })
  return files.length > 0 ? 'damaged' : 'other'
}
