import { mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../shared/errors'
import {
  asWriteError,
  moveDurably,
  randomName,
  removeStaged,
  syncFile,
  syncFolder,
  writeNewFile,
  writeOnce,
} from './files'
import type { Ports } from './ports'

/**
 * Writes a JSON document to `target` completely or not at all (see {@link createDocumentWriter}). Returns the written
 * bytes.
 */
export type WriteDocument = (
  target: string,
  value: Record<string, unknown>,
  options?: {
    /**
     * True if the target is in a staged folder. The document is then written directly to the target, and the caller
     * syncs the file and the folder.
     */
    isStaged?: boolean
    /** True for a document that is written once and never replaced (see {@link writeOnce}). */
    isOnce?: boolean
    /** False if the caller itself syncs the folder, for example once for several files. */
    syncsFolder?: boolean
  },
) => Promise<Uint8Array>

/**
 * Creates the only function that writes JSON documents (`docs/format/library-1.md`). The host's store writes the
 * document into the staging folder. The document is read back and compared, because electron-store acknowledges short
 * writes on a full disk. Then the document is synced and renamed over its target. A document in a staged folder is
 * renamed together with that folder. Throws `disk-full`, `library-read-only` or `write-failed`.
 */
export function createDocumentWriter(openStore: Ports['openStore'], staging: string): WriteDocument {
  return async (target, value, { isStaged = false, isOnce = false, syncsFolder = true } = {}) => {
    const place = isStaged
      ? { cwd: dirname(target), name: basename(target, '.json') }
      : { cwd: staging, name: randomName() }
    try {
      if (!isStaged) mkdirSync(place.cwd, { recursive: true })
      const store = openStore(place)
      store.store = value
      const bytes = readFileSync(store.path)
      const written: unknown = JSON.parse(bytes.toString('utf8'))
      if (JSON.stringify(written) !== JSON.stringify(value))
        throw new AppError('write-failed', `write ${target}: the store wrote other bytes`, { path: target })
      if (isOnce) {
        await writeOnce(target, bytes)
        await removeStaged(store.path)
      } else if (!isStaged) {
        await syncFile(store.path)
        await moveDurably(store.path, target, { syncsFolder })
      }
      return bytes
    } catch (thrown) {
      await removeStaged(join(place.cwd, `${place.name}.json`))
      // A staged file after a short write contains JSON that does not parse.
      if (thrown instanceof SyntaxError)
        throw new AppError('disk-full', `write ${target}: short write`, { path: target }, { cause: thrown })
      throw asWriteError(thrown, 'write document', target)
    }
  }
}

/** The number of documents that {@link writeManyDocuments} stages before it syncs them. */
const documentsPerGroup = 100

/**
 * Writes many small documents into one folder, each completely or not at all, in the same form as a host's store. A
 * store syncs each document separately, which takes a minute for 3,000 documents. This function syncs a group of
 * documents at the same time, so that the disk writes them together. The folder must exist. If a write fails, the
 * documents before it stay. Throws `disk-full`, `library-read-only` or `write-failed`.
 */
export async function writeManyDocuments(
  staging: string,
  folder: string,
  documents: readonly { target: string; value: Record<string, unknown> }[],
): Promise<void> {
  for (let at = 0; at < documents.length; at += documentsPerGroup) {
    const group = documents
      .slice(at, at + documentsPerGroup)
      .map((each) => ({ ...each, staged: join(staging, randomName()) }))
    try {
      mkdirSync(staging, { recursive: true })
      for (const { staged, value } of group) writeNewFile(staged, Buffer.from(JSON.stringify(value, null, '\t')))
      await Promise.all(group.map(({ staged }) => syncFile(staged)))
      for (const { staged, target } of group) await moveDurably(staged, target, { syncsFolder: false })
    } catch (thrown) {
      for (const { staged } of group) await removeStaged(staged)
      throw asWriteError(thrown, 'write documents', folder)
    } finally {
      await syncFolder(folder)
    }
  }
}
