import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeFolder, moveDurably, randomName, systemCode } from '../../files'
import type { WriteContext } from '../store/commit'
import { readDocument, tombstoneDocument, type TombstoneDocument } from '../store/documents'

const folderName = 'tombstones'

function tombstonePath(root: string, id: string): string {
  return join(root, folderName, `${id}.json`)
}

/**
 * Writes the tombstone of a bulletin that is about to be deleted for good. A tombstone is the file that records the
 * deletion. Throws the errors of a write.
 */
export async function writeTombstone(
  { root, writeDocument }: WriteContext,
  tombstone: TombstoneDocument,
): Promise<void> {
  await makeFolder(root, join(root, folderName))
  await writeDocument(tombstonePath(root, tombstone.id), tombstone)
}

/**
 * Whether a bulletin was deleted for good. A bulletin with a damaged tombstone counts as deleted, because only the
 * existence of the file is checked.
 */
export function isDeletedForGood(root: string, id: string): boolean {
  return existsSync(tombstonePath(root, id))
}

/**
 * Reads the tombstone of a bulletin that was deleted for good. Returns null if the bulletin has no tombstone. Throws
 * `bulletin-damaged`.
 */
export async function readTombstone(root: string, id: string): Promise<TombstoneDocument | null> {
  if (!existsSync(tombstonePath(root, id))) return null
  try {
    return await readDocument(tombstonePath(root, id), tombstoneDocument)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

/** Deletes the tombstone of a bulletin that is stored again. Moves a damaged tombstone to `damaged/` instead. */
export async function removeTombstone({ root }: WriteContext, id: string): Promise<void> {
  const path = tombstonePath(root, id)
  if (!existsSync(path)) return
  const isReadable = await readTombstone(root, id).then(
    () => true,
    () => false,
  )
  if (isReadable) return rm(path, { force: true })
  await makeFolder(root, join(root, 'damaged'))
  await moveDurably(path, join(root, 'damaged', `tombstone-${id}-${randomName()}.json`))
}

/**
 * Finds the tombstones that can't be read, and those whose content names another bulletin than the file name. Returns
 * their paths, relative to the library.
 */
export async function findDamagedTombstones(root: string): Promise<string[]> {
  const damaged: string[] = []
  for (const id of await listTombstones(root)) {
    const isIntact = await readTombstone(root, id).then(
      // The result is null if another process deleted the file after the folder was listed.
      (tombstone) => tombstone === null || tombstone.id === id,
      () => false,
    )
    if (!isIntact) damaged.push(`${folderName}/${id}.json`)
  }
  return damaged
}

/** Lists the ids of all bulletins that have a tombstone. */
export async function listTombstones(root: string): Promise<string[]> {
  const found = await readdir(join(root, folderName)).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  })
  return found.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
}
