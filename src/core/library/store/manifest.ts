import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { asReadError, systemCode } from '../../files'

/** The manifest's name: a bulletin exists when this file does. */
export const manifestName = 'manifest-sha256.txt'
/** The manifest a change is about to take over, written once all new files are safe. */
export const nextManifestName = 'manifest-sha256.next'

/** Path below the bulletin's folder (forward slashes) → sha256, lower-case hex. */
export type Manifest = ReadonlyMap<string, string>

/** A manifest in BagIt's line format (RFC 8493 §2.1.3; `sha256sum -c` reads it), sorted by path. */
export function formatManifest(manifest: Manifest): string {
  return [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('')
}

/** Reads the lines of a manifest. Throws `bulletin-damaged` on anything else: a cut line, a path out of the folder. */
export function parseManifest(text: string): Manifest {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw new AppError('bulletin-damaged', 'manifest: cut short')
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

/** The manifest of a bulletin's folder, or null where there is none. Throws `bulletin-damaged`, `read-failed`. */
export async function readManifest(folder: string, name: string = manifestName): Promise<Manifest | null> {
  try {
    return parseManifest(await readFile(join(folder, name), 'utf8'))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw asReadError(thrown, join(folder, name))
  }
}
