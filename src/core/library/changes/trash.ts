import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { exists, makeFolder, moveDurably, randomName, removeStaged, syncFolder } from '../../files'
import { isInTrash, names } from '../store/bulletin-folder'
import { findFreeFolder } from '../store/bulletin-folders'
import type { WriteContext } from '../store/commit'
import { bulletinDocument, readDocument, revisionDocument, type TombstoneDocument } from '../store/documents'
import { listTombstones, removeTombstone, writeTombstone } from './tombstones'

/** Moves a bulletin's folder to the same path below `trash/`. Returns the new folder. */
export async function moveToTrash(writing: WriteContext, folder: string): Promise<string> {
  return moveFolder(writing, folder, folder.replace(/^bulletins\//, 'trash/'))
}

/** Moves a bulletin's folder from the trash back to the path that it had before. Returns the new folder. */
export async function restoreFromTrash(writing: WriteContext, folder: string): Promise<string> {
  return moveFolder(writing, folder, folder.replace(/^trash\//, 'bulletins/'))
}

/** Moves a folder with one rename, so that after a crash the whole folder is at one of the two paths. */
async function moveFolder(writing: WriteContext, from: string, wanted: string): Promise<string> {
  const { root } = writing
  // The folder gets a path that is free, because another bulletin or a leftover folder may have the wanted path, and a
  // rename must not replace it.
  const to = await findFreeFolder(root, wanted)
  await makeFolder(root, dirname(join(root, to)))
  try {
    await moveDurably(join(root, from), join(root, to))
    await syncFolder(dirname(join(root, from)))
  } catch (thrown) {
    if (await exists(join(root, from))) throw thrown
    // The folder has moved, but the move is not synced to the disk. A power cut may undo the move, so the next writer
    // must recover the folder.
    writing.onRecoveryNeeded(to)
  }
  writing.onFolderStored(to)
  return to
}

/**
 * Deletes a bulletin of the trash for good. First writes the tombstone, which records the deletion. If a crash
 * follows, {@link finishDeletions} finishes the deletion. Then removes the folder with one rename, so that a partly
 * deleted bulletin is never visible.
 */
export async function deleteForGood(
  writing: WriteContext,
  { id, folder }: { id: string; folder: string },
  reason: 'emptied-trash',
  now: Date,
): Promise<void> {
  // The folder may be damaged. The tombstone then holds only the values that can still be read.
  const document = await readDocument(join(writing.root, folder, names.bulletin), bulletinDocument).catch(() => null)
  const tombstone: TombstoneDocument = {
    id,
    addresses: document?.addresses.map(({ url }) => url) ?? [],
    digests: await readDigests(join(writing.root, folder)),
    at: now.toISOString(),
    reason,
  }
  await writeTombstone(writing, tombstone).catch(async (thrown: unknown) => {
    if (!(thrown instanceof AppError && thrown.code === 'disk-full')) throw thrown
    // Before the tombstone is written, `index.html` is deleted, so that a deletion is possible on a full disk. The
    // tombstone uses the space of `index.html`, which can be made again from the documents.
    await rm(join(writing.root, folder, names.page), { force: true })
    writing.onRecoveryNeeded(folder)
    await writeTombstone(writing, tombstone)
  })
  await removeFolder(writing, folder)
}

/** Moves a bulletin's folder to the staging folder (for unfinished work) in one step, then deletes it there. */
async function removeFolder({ root, staging, onRecoveryNeeded }: WriteContext, folder: string): Promise<void> {
  const staged = join(staging, randomName())
  await makeFolder(root, staging)
  try {
    await moveDurably(join(root, folder), staged)
    await syncFolder(dirname(join(root, folder)))
  } catch (thrown) {
    // The next writer finishes the deletion, because the tombstone exists.
    onRecoveryNeeded(folder)
    if (await exists(join(root, folder))) throw thrown
  }
  await removeStaged(staged)
}

async function readDigests(folder: string): Promise<string[]> {
  const digests: string[] = []
  for (const name of (await readdir(join(folder, names.revisions)).catch(() => [])).sort()) {
    const revision = await readDocument(join(folder, names.revisions, name), revisionDocument).catch(() => null)
    if (revision !== null) digests.push(revision.digest)
  }
  return [...new Set(digests)]
}

/**
 * Finishes the deletions that a crash interrupted. Deletes a bulletin in the trash that has a tombstone. A bulletin
 * outside the trash was stored again after its deletion, so only its tombstone is removed. `folders` are the folders of
 * all bulletins.
 */
export async function finishDeletions(writing: WriteContext, folders: readonly string[]): Promise<void> {
  const ids = new Set(await listTombstones(writing.root))
  if (ids.size === 0) return
  for (const folder of folders) {
    const document = await readDocument(join(writing.root, folder, names.bulletin), bulletinDocument).catch(() => null)
    if (document === null || !ids.has(document.id)) continue
    if (isInTrash(folder)) await removeFolder(writing, folder)
    else await removeTombstone(writing, document.id)
  }
}
