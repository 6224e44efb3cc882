import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type * as z from 'zod/mini'
import { readPlainFile } from '../../trust/plain-files'
import { names } from '../store/bulletin-folder'
import { listFiles } from '../store/commit'
import { hasValidDigest } from '../store/digest'
import {
  captureDocument,
  type CaptureDocument,
  readDocument,
  revisionDocument,
  type RevisionDocument,
} from '../store/documents'
import { sha256 } from '../store/identity'

/** The parts of a damaged bulletin that are intact. Each path is relative to the bulletin's folder. */
export interface IntactParts {
  captures: { path: string; value: CaptureDocument }[]
  /** The intact revisions, the oldest first. */
  revisions: { path: string; value: RevisionDocument }[]
  files: ReadonlyMap<string, Uint8Array>
}

/**
 * Reads the intact parts of a damaged bulletin: the captures that parse, the revisions that parse and match their
 * digest, and the received files whose bytes match the hash in their names. `folder` is an absolute path.
 */
export async function readIntactParts(folder: string): Promise<IntactParts> {
  const revisions = await readIntactDocuments(folder, names.revisions, revisionDocument)
  return {
    captures: await readIntactDocuments(folder, names.captures, captureDocument),
    // A revision that parses but does not match its digest is left out, because another program has changed it.
    revisions: revisions.filter(({ value }) => hasValidDigest(value)),
    files: await readIntactFiles(folder),
  }
}

async function readIntactDocuments<T extends z.ZodMiniType>(
  from: string,
  folder: string,
  schema: T,
): Promise<{ path: string; value: z.output<T> }[]> {
  const found = await readdir(join(from, folder)).catch(() => [])
  const read = found.sort().map(async (name) => {
    const path = `${folder}/${name}`
    const value = await readDocument(join(from, path), schema).catch(() => null)
    return value === null ? [] : [{ path, value }]
  })
  return (await Promise.all(read)).flat()
}

/** Reads the received files whose bytes match the hash in the file's name. */
async function readIntactFiles(from: string): Promise<Map<string, Uint8Array>> {
  const paths = (await listFiles(from)).filter((path) => path.startsWith(`${names.files}/`))
  const files = new Map<string, Uint8Array>()
  for (const path of paths) {
    const bytes = await readPlainFile(join(from, path)).catch(() => null)
    if (bytes !== null && basename(path).startsWith(sha256(bytes).slice(0, 32))) files.set(path, bytes)
  }
  return files
}
