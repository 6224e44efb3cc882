import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, toAppError } from '../../../shared/errors'
import { type Pack, parsePack } from './pack'

/** The packs of a folder, and an error for each file that is not a pack. */
export interface UserPacks {
  packs: Pack[]
  failed: AppError[]
}

const maxBytes = 256 * 1024
const maxPacks = 200

/**
 * Reads the user's own packs from the `.json` files of a folder, in the order of the file names. Returns no packs if
 * the folder is missing. An error in a file is added to `failed`, and the other files are still read. The errors are
 * `invalid-pack`, `unreadable` and `too-large` (details: name).
 */
export async function readUserPacks(folder: string): Promise<UserPacks> {
  const result: UserPacks = { packs: [], failed: [] }
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (!isMissing(thrown)) result.failed.push(createReadError(folder, thrown))
    return []
  })
  const files = names.filter((name) => name.toLowerCase().endsWith('.json')).sort()
  for (const name of files.slice(0, maxPacks)) {
    try {
      const pack = await readPack(folder, name)
      if (result.packs.some(({ id }) => id === pack.id))
        throw new AppError('invalid-pack', `read pack ${name}: another pack has the same id`, {
          name,
          where: 'id',
          problem: `${pack.id}: is the id of another pack`,
        })
      result.packs.push(pack)
    } catch (thrown) {
      result.failed.push(toAppError(thrown))
    }
  }
  return result
}

async function readPack(folder: string, name: string): Promise<Pack> {
  const path = join(folder, name)
  let text: string
  try {
    const { size } = await stat(path)
    if (size > maxBytes)
      throw new AppError('too-large', `read pack ${name}: ${size} bytes`, { name, bytes: size, maxBytes })
    text = await readFile(path, 'utf8')
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : createReadError(name, thrown)
  }
  return parsePack(text, name)
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
}

function createReadError(name: string, cause: unknown): AppError {
  return new AppError('unreadable', `read pack ${name}: ${String(cause)}`, { name }, { cause })
}
