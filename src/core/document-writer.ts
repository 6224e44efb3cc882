import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../shared/errors'
import {
  asWriteError,
  moveDurably,
  randomName,
  removeStaged,
  syncFile,
  syncFolder,
  writeAll,
  writeNewFile,
  writeOnce,
} from './files'
import { nodeCrypto } from './node-crypto'
import type { Ports } from './ports'
import { endLongTurn } from './threads/event-loop'

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
      const { path, bytes } = isLargeJson(value)
        ? await writeLargeDocument(join(place.cwd, `${place.name}.json`), value)
        : writeToStore(openStore, place, value)
      if (isOnce) {
        await writeOnce(target, bytes)
        await removeStaged(path)
      } else if (!isStaged) {
        await syncFile(path)
        await moveDurably(path, target, { syncsFolder })
      }
      return bytes
    } catch (thrown) {
      await removeStaged(join(place.cwd, `${place.name}.json`))
      // A `SyntaxError` means that the JSON of the staged file is cut off, because the disk accepted only a part of the
      // write.
      if (thrown instanceof SyntaxError)
        throw new AppError('disk-full', `write ${target}: short write`, { path: target }, { cause: thrown })
      throw asWriteError(thrown, 'write document', target)
    }
  }
}

/** A document that was written and read back. */
interface WrittenDocument {
  path: string
  bytes: Uint8Array
}

/** Writes a document with the host's store, and checks what the store wrote. */
function writeToStore(
  openStore: Ports['openStore'],
  place: { cwd: string; name: string },
  value: Record<string, unknown>,
): WrittenDocument {
  const store = openStore(place)
  store.store = value
  const bytes = readFileSync(store.path)
  const written: unknown = JSON.parse(bytes.toString('utf8'))
  if (JSON.stringify(written) !== JSON.stringify(value))
    throw new AppError('write-failed', `write ${store.path}: the store wrote other bytes`, { path: store.path })
  return { path: store.path, bytes }
}

/**
 * Writes a large document with the bytes that a host's store writes. A store would keep this thread busy for half a
 * second with the crawl state of a sitemap of 50,000 pages.
 */
async function writeLargeDocument(path: string, value: Record<string, unknown>): Promise<WrittenDocument> {
  const written = nodeCrypto().createHash('sha256')
  const file = openSync(path, 'wx')
  try {
    for await (const piece of formatJson(value)) {
      const bytes = Buffer.from(piece)
      written.update(bytes)
      writeAll(file, bytes)
    }
  } finally {
    closeSync(file)
  }
  const bytes = await readFile(path)
  if (nodeCrypto().createHash('sha256').update(bytes).digest('hex') !== written.digest('hex'))
    throw new AppError('disk-full', `write ${path}: short write`, { path })
  return { path, bytes }
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
      for (const { staged, value } of group) {
        writeNewFile(staged, Buffer.from(JSON.stringify(value, null, '\t')))
        await endLongTurn()
      }
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

/** Minimum number of characters in a piece, except in the last one. */
const minPieceLength = 256 * 1024
/** Maximum depth at which a value is split into pieces. Deeper values are formatted whole. */
const maxDepth = 2
/** Minimum size of a document that is written in pieces. Formatting such a document takes a few milliseconds. */
const largeSize = 512 * 1024
/** The size that each value counts in addition to the characters of its texts. */
const valueSize = 16

/** Whether a JSON value is so large that its formatting would keep the thread from other work. */
export function isLargeJson(value: unknown): boolean {
  let size = 0
  const found: unknown[] = [value]
  // The loop also visits the values that it adds.
  for (const next of found) {
    size += typeof next === 'string' ? next.length : valueSize
    if (size + found.length * valueSize >= largeSize) return true
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) found.push(each)
  }
  return false
}

/**
 * Formats a JSON value in pieces. Other work of this thread can run between the pieces. All pieces together equal
 * `JSON.stringify(value, null, '\t')`. The value must not change until the last piece is formatted.
 */
export async function* formatJson(value: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
  let piece = ''
  for (const part of formatValue(value, 0)) {
    piece += part
    await endLongTurn()
    if (piece.length < minPieceLength) continue
    yield piece
    piece = ''
  }
  yield piece
}

function* formatValue(value: unknown, depth: number): Generator<string> {
  const isArray = Array.isArray(value)
  const entries = depth < maxDepth && typeof value === 'object' && value !== null ? Object.entries(value) : []
  const kept = isArray ? entries : entries.filter(([, each]) => each !== undefined)
  if (kept.length === 0) {
    // The result is split at its line breaks. JSON escapes the line breaks of texts, so every line break of the result
    // begins a line.
    yield (JSON.stringify(value ?? null, null, '\t') ?? 'null').replaceAll('\n', `\n${'\t'.repeat(depth)}`)
    return
  }
  const indent = '\t'.repeat(depth + 1)
  yield isArray ? '[\n' : '{\n'
  for (const [at, [key, each]] of kept.entries()) {
    yield `${at === 0 ? '' : ',\n'}${indent}${isArray ? '' : `${JSON.stringify(key)}: `}`
    yield* formatValue(each, depth + 1)
  }
  yield `\n${'\t'.repeat(depth)}${isArray ? ']' : '}'}`
}
