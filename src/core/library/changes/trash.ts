import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isInTrash, names } from '../store/bulletin-folder'
import type { WriteContext } from '../store/commit'
import { exists, makeFolder, moveDurably, randomName, removeStaged, syncFolder, systemCode } from '../../files'
import {
  bulletinDocument,
  readDocument,
  revisionDocument,
  tombstoneDocument,
  type TombstoneDocument,
} from '../store/documents'

const tombstones = 'tombstones'

/** Moves a bulletin's folder to the trash, where its path stays the same below `trash/`. Returns the new folder. */
export async function moveToTrash(writing: WriteContext, folder: string): Promise<string> {
  return moveFolder(writing, folder, folder.replace(/^bulletins\//, 'trash/'))
}

/** Moves a bulletin's folder from the trash back to its place. Returns the new folder. */
export async function restoreFromTrash(writing: WriteContext, folder: string): Promise<string> {
  return moveFolder(writing, folder, folder.replace(/^trash\//, 'bulletins/'))
}

/** One rename: after a crash the folder is wholly here or wholly there. */
async function moveFolder(writing: WriteContext, from: string, to: string): Promise<string> {
  const { root } = writing
  await makeFolder(root, dirname(join(root, to)))
  try {
    await moveDurably(join(root, from), join(root, to))
    await syncFolder(dirname(join(root, from)))
  } catch (thrown) {
    if (await exists(join(root, from))) throw thrown
    // It has moved, but a power cut might still undo that: the next start looks where it is.
    writing.onRecoveryNeeded(to)
  }
  return to
}

/**
 * Deletes a bulletin of the trash for good. The tombstone is written first: from then on the deletion can always be
 * finished ({@link finishDeletions}); the folder leaves by one rename, so that half a bulletin is never seen.
 */
export async function deleteForGood(
  writing: WriteContext,
  { id, folder }: { id: string; folder: string },
  reason: 'emptied-trash',
  now: Date,
): Promise<void> {
  // A damaged bulletin can be deleted too: its tombstone then says what is still known.
  const document = await readDocument(join(writing.root, folder, names.bulletin), bulletinDocument).catch(() => null)
  const tombstone: TombstoneDocument = {
    id,
    addresses: document?.addresses.map(({ url }) => url) ?? [],
    digests: await digestsOf(join(writing.root, folder)),
    at: now.toISOString(),
    reason,
  }
  await makeFolder(writing.root, join(writing.root, tombstones))
  await writing.writeDocument(tombstonePath(writing.root, id), tombstone)
  await removeFolder(writing, folder)
}

/** What is deleted for good leaves its place in one step and its bytes afterwards: the staging folder is swept. */
async function removeFolder(
  { root, staging, onRecoveryNeeded: onUnsettled }: WriteContext,
  folder: string,
): Promise<void> {
  const leaving = join(staging, randomName())
  await makeFolder(root, staging)
  try {
    await moveDurably(join(root, folder), leaving)
    await syncFolder(dirname(join(root, folder)))
  } catch (thrown) {
    // Its tombstone stands: the next start finishes what its reader wanted.
    onUnsettled(folder)
    if (await exists(join(root, folder))) throw thrown
  }
  await removeStaged(leaving)
}

async function digestsOf(folder: string): Promise<string[]> {
  const digests: string[] = []
  for (const name of (await readdir(join(folder, names.revisions)).catch(() => [])).sort()) {
    const revision = await readDocument(join(folder, names.revisions, name), revisionDocument).catch(() => null)
    if (revision !== null) digests.push(revision.digest)
  }
  return [...new Set(digests)]
}

function tombstonePath(root: string, id: string): string {
  return join(root, tombstones, `${id}.json`)
}

/** Whether a bulletin was deleted for good: its tombstone says so by its name, even where it can't be read. */
export function isDeletedForGood(root: string, id: string): boolean {
  return existsSync(tombstonePath(root, id))
}

/** The tombstone of a bulletin that was deleted for good; null where there is none. Throws `bulletin-damaged`. */
export async function readTombstone(root: string, id: string): Promise<TombstoneDocument | null> {
  if (!existsSync(tombstonePath(root, id))) return null
  try {
    return await readDocument(tombstonePath(root, id), tombstoneDocument)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

/**
 * Takes the tombstone of a bulletin away, which is here again because its reader asked for it. One that can't be read is
 * kept in `damaged/`.
 */
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

/** Tombstones that can't be read, as paths below the library. */
export async function findDamagedTombstones(root: string): Promise<string[]> {
  const damaged: string[] = []
  for (const id of await tombstonedIds(root))
    if (!(await readTombstone(root, id).then(isOf(id), () => false))) damaged.push(`${tombstones}/${id}.json`)
  return damaged
}

/** Whether a tombstone is the one its name says; one that went meanwhile is no damage. */
function isOf(id: string): (tombstone: TombstoneDocument | null) => boolean {
  return (tombstone) => tombstone === null || tombstone.id === id
}

async function tombstonedIds(root: string): Promise<string[]> {
  const found = await readdir(join(root, tombstones)).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  })
  return found.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
}

/**
 * After a crash: a deletion whose tombstone stands is finished; the tombstone of a bulletin that was stored again is
 * taken away. `folders` are all folders of bulletins below the library.
 */
export async function finishDeletions(writing: WriteContext, folders: readonly string[]): Promise<void> {
  const ids = new Set(await tombstonedIds(writing.root))
  if (ids.size === 0) return
  for (const folder of folders) {
    const document = await readDocument(join(writing.root, folder, names.bulletin), bulletinDocument).catch(() => null)
    if (document === null || !ids.has(document.id)) continue
    if (isInTrash(folder)) await removeFolder(writing, folder)
    else await removeTombstone(writing, document.id)
  }
}
