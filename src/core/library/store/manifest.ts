import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { asReadError, systemCode } from '../../files'
import { readPlainFile } from '../../trust/plain-files'

/** The name of the manifest, which lists the files of a bulletin. A folder without a manifest is not a bulletin. */
export const manifestName = 'manifest-sha256.txt'
/**
 * The name of the new manifest during a change. The new manifest is written after all new files of the change are
 * synced.
 */
export const nextManifestName = 'manifest-sha256.next'

/**
 * The content of a manifest. The key is a file's path relative to the bulletin's folder, with forward slashes. The
 * value is the file's sha256 in lower-case hexadecimal.
 */
export type Manifest = ReadonlyMap<string, string>

/**
 * Formats a manifest in the form of BagIt (RFC 8493, section 2.1.3), sorted by path. `sha256sum -c` can check such a
 * manifest.
 */
export function formatManifest(manifest: Manifest): string {
  return [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('')
}

/**
 * Parses a manifest. Throws `bulletin-damaged` if a line is invalid or cut off, or if a path leads outside the folder.
 */
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
