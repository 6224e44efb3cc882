import { callHost } from '../../bridge'
import { runInBatches } from '../../lib/run-in-batches'
import { useArticle } from '../article/article'
import { attempt } from '../report-error'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { useBulletins } from './bulletins'

/**
 * Moves bulletins to the trash. If the open bulletin is among these bulletins, closes the open bulletin. The message
 * offers an undo.
 */
export async function moveToTrash(ids: readonly string[]): Promise<void> {
  const moved = await move('trashBulletins', ids)
  if (moved.length === 0) return
  const article = useArticle()
  if (article.openId !== null && moved.includes(article.openId)) article.close()
  const sentence = useSettings().say('ui.trashed', { count: moved.length })
  useToasts().show(sentence, { undo: () => void move('restoreBulletins', moved) })
}

/** Moves bulletins out of the trash. The message offers an undo. */
export async function restoreFromTrash(ids: readonly string[]): Promise<void> {
  const moved = await move('restoreBulletins', ids)
  if (moved.length === 0) return
  const sentence = useSettings().say('ui.restored', { count: moved.length })
  useToasts().show(sentence, { undo: () => void move('trashBulletins', moved) })
}

/** Deletes all bulletins in the trash for good. */
export async function emptyTrash(): Promise<void> {
  await attempt(() => callHost('emptyTrash', { ids: null }))
}

/** Moves bulletins into or out of the trash. Returns the ids of the bulletins that moved. */
async function move(method: 'trashBulletins' | 'restoreBulletins', ids: readonly string[]): Promise<string[]> {
  useBulletins().unselect()
  return (await runInBatches(ids, (batch) => attempt(() => callHost(method, { ids: batch })))) ?? []
}
