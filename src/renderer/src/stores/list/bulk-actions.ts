import type { SentenceKey } from '../../../../shared/locales/translate'
import { callHost } from '../../bridge'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { useBulletins } from './bulletins'
import { type Marking, markBulletins } from './mark-bulletins'

/** A change of tags and folder. */
export interface LabelChange {
  add: readonly string[]
  remove: readonly string[]
  /**
   * The new folder. Null removes the bulletins from their folders. If the field is absent, the folders do not change.
   */
  folder?: string | null
}

/** The reverse of a change, for the bulletins that the change affected. */
interface Undo {
  ids: readonly string[]
  marking: Marking
}

/** Marks bulletins as read or unread. The message offers an undo. */
export function setRead(ids: readonly string[], read: boolean): Promise<void> {
  return mark(ids, { read }, { read: !read }, read ? 'ui.marked-read' : 'ui.marked-unread')
}

/** Stars or unstars bulletins. The message offers an undo. */
export function setStarred(ids: readonly string[], starred: boolean): Promise<void> {
  return mark(ids, { starred }, { starred: !starred }, starred ? 'ui.marked-starred' : 'ui.marked-unstarred')
}

/** Marks bulletins. The undo applies `back` to the bulletins that changed. */
async function mark(ids: readonly string[], marking: Marking, back: Marking, sentence: SentenceKey): Promise<void> {
  const changed = await markBulletins(ids, marking)
  if (changed === null) return
  useBulletins().unselect()
  if (changed.length === 0) return
  const text = useSettings().say(sentence, { count: changed.length })
  useToasts().show(text, { undo: () => void markBulletins(changed, back) })
}

/**
 * Changes the tags and the folder of bulletins. Each tag is changed by a separate call, so that the undo does not
 * remove a tag that a bulletin had before. Stops at the first failure and returns false.
 */
export async function labelBulletins(ids: readonly string[], { add, remove, folder }: LabelChange): Promise<boolean> {
  const undos: Undo[] = []
  const markTag = async (marking: Marking, back: Marking): Promise<boolean> => {
    const changed = await markBulletins(ids, marking)
    if (changed !== null && changed.length > 0) undos.push({ ids: changed, marking: back })
    return changed !== null
  }
  const isDone = await runEvery([
    ...add.map((tag) => () => markTag({ addTags: [tag] }, { removeTags: [tag] })),
    ...remove.map((tag) => () => markTag({ removeTags: [tag] }, { addTags: [tag] })),
    async () => {
      if (folder === undefined) return true
      const before = await fetchFolders(ids)
      if ((await markBulletins(ids, { folder })) === null) return false
      for (const [old, moved] of before) if (old !== folder) undos.push({ ids: moved, marking: { folder: old } })
      return true
    },
  ])
  if (undos.length === 0) return isDone
  const count = new Set(undos.flatMap((undo) => undo.ids)).size
  useToasts().show(useSettings().say('ui.labelled', { count }), { undo: () => void undoAll(undos) })
  return isDone
}

async function undoAll(undos: readonly Undo[]): Promise<void> {
  for (const { ids, marking } of undos.toReversed()) await markBulletins(ids, marking)
}

/** Runs steps one after another. Returns false at the first step that fails. */
async function runEvery(steps: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  for (const step of steps) if (!(await step())) return false
  return true
}

/**
 * Fetches the bulletins of each folder. Bulletins that cannot be read are left out, because the change does not affect
 * their folder either.
 */
async function fetchFolders(ids: readonly string[]): Promise<Map<string | null, string[]>> {
  const found = new Map<string | null, string[]>()
  for (const id of ids) {
    const bulletin = await callHost('getBulletin', { id }).catch(() => null)
    if (bulletin === null) continue
    const { folder } = bulletin.status
    found.set(folder, [...(found.get(folder) ?? []), id])
  }
  return found
}
