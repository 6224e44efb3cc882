import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import { makeFolder, systemCode } from '../../files'
import type { OwnKey } from '../../trust/own-key'
import type { Log } from '../../ports'
import type { WriteRefusal } from '../write-refusal'
import type { WriteContext } from '../store/commit'
import { readDocument } from '../store/documents'

/** The dependencies of the stores of sources and refreshes. */
export interface SourceStoreParts {
  root: string
  /** The write context. Null if the library is opened for reading. */
  writing: WriteContext | null
  /** The code of the error that a write throws if `writing` is null. The default is `library-read-only`. */
  refusal?: WriteRefusal
  exclusive<T>(write: () => Promise<T>): Promise<T>
  log: Log
  ownKey: OwnKey
}

/**
 * Returns the write context of a library. Throws `library-read-only` or `disk-full` if the library is opened for
 * reading.
 */
export function requireWriting({ root, writing, refusal = 'library-read-only' }: SourceStoreParts): WriteContext {
  if (writing !== null) return writing
  throw new AppError(refusal, 'following: opened for reading', { path: root })
}

/**
 * Creates the folder of a document if it is missing, and writes the document. Throws the errors of
 * {@link requireWriting} and of a write.
 */
export async function writeSourceFile(
  parts: SourceStoreParts,
  path: string,
  value: Record<string, unknown>,
): Promise<void> {
  const { writeDocument } = requireWriting(parts)
  await makeFolder(parts.root, dirname(path))
  await writeDocument(path, value)
}

/**
 * Reads a document whose content a refresh can download again. Returns null if the document is missing or can't be
 * read. In this case, the next refresh writes a new document.
 */
export async function readOptional<T extends z.ZodMiniType>(
  path: string,
  schema: T,
  log: Log,
): Promise<z.output<T> | null> {
  try {
    return await readDocument(path, schema)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') log.warn(`following: ${path} can't be read`, thrown)
    return null
  }
}

/** Lists the names in a folder. Returns [] if the folder does not exist. */
export async function listNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  })
}
