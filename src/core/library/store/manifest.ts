import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { asReadError, systemCode } from '../../files'
import { readPlainFile } from '../../trust/plain-files'

/** Name of the manifest. A folder without this file is not a bulletin. */
export const manifestName = 'manifest-sha256.txt'
/** Name of the new manifest during a change. It is written when all new files of the change are synced. */
export const nextManifestName = 'manifest-sha256.next'

/**
 * The sha256 of each file in lower-case hexadecimal. The key is the file's path below the bulletin's folder, with
 * forward slashes.
 */
export type Manifest = ReadonlyMap<string, string>

/**
 * Formats a manifest in the BagIt form (RFC 8493, section 2.1.3), sorted by path. `sha256sum -c` can read this form.
 */
export function formatManifest(manifest: Manifest): string {
  return [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('')
}

/** Parses a manifest. Throws `bulletin-damaged` for an invalid line, a cut line, or a path outside the folder. */
export function parseManifest(text: string): Manifest {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw new AppError('bulletin-damaged', 'manifest: cut off')
  return new Map(
    lines.map((line) => {
      const match = /^([0-9a-f]{64})[ \t]+\*?([A-Za-z0-9._/-]+)$/.exec(line)
      const [, hash, path] = match ?? []
      if (hash === undefined || path === undefined || path.split('/').includes('..'))
        throw new AppError('bulletin-damaged', `manifest: bad line ${JSON.stringify(line)}`)
      return [path, hash] as const
    }),
  )
}

/**
 * Reads the manifest of a bulletin's folder. Returns null if the folder has no manifest. Throws `bulletin-damaged`,
 * `read-failed`.
 */
export async function readManifest(folder: string, name: string = manifestName): Promise<Manifest | null> {
  try {
    return parseManifest((await readPlainFile(join(folder, name))).toString('utf8'))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw asReadError(thrown, join(folder, name))
  }
}
