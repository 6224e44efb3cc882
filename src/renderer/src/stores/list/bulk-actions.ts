import { defineStore } from 'pinia'
import type { SentenceKey } from '../../../../shared/locales/translate'
import { callHost } from '../../bridge'
import { type Marking, useBulletins } from './bulletins'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** What a dialog wants of tags and folder; `folder` is absent where it stays as it is. */
export interface Labels {
  add: readonly string[]
  remove: readonly string[]
  folder?: string | null
}

/** Marks for many bulletins at once, each with a way back to exactly what was there. */
export const useBulkActions = defineStore('marking', () => {
  const bulletins = useBulletins()

  /** Marks, says how many changed, and offers to take it back; `back` undoes it for those that changed. */
  async function mark(ids: readonly string[], marking: Marking, back: Marking, sentence: SentenceKey): Promise<void> {
    const changed = await bulletins.mark(ids, marking)
    if (changed === null) return
    bulletins.unselect()
    if (changed.length === 0) return
    const say = useSettings().say(sentence, { count: changed.length })
    useToasts().show(say, { undo: () => void bulletins.mark(changed, back) })
  }

  const setRead = (ids: readonly string[], read: boolean): Promise<void> =>
    mark(ids, { read }, { read: !read }, read ? 'ui.marked-read' : 'ui.marked-unread')
  const setStarred = (ids: readonly string[], starred: boolean): Promise<void> =>
    mark(ids, { starred }, { starred: !starred }, starred ? 'ui.marked-starred' : 'ui.marked-unstarred')

  /**
   * Tag by tag, so that what each changed is known: a tag that was there before is not taken away by the undo. Says whether
   * all of it was done.
   */
  async function label(ids: readonly string[], { add, remove, folder }: Labels): Promise<boolean> {
    const backs: { ids: readonly string[]; marking: Marking }[] = []
    const step = async (marking: Marking, back: Marking): Promise<boolean> => {
      const changed = await bulletins.mark(ids, marking)
      if (changed !== null && changed.length > 0) backs.push({ ids: changed, marking: back })
      return changed !== null
    }
    const isDone = await everyStep([
      ...add.map((tag) => () => step({ addTags: [tag] }, { removeTags: [tag] })),
      ...remove.map((tag) => () => step({ removeTags: [tag] }, { addTags: [tag] })),
      async () => {
        if (folder === undefined) return true
        const before = await foldersOf(ids)
        if ((await bulletins.mark(ids, { folder })) === null) return false
        for (const [old, own] of before) if (old !== folder) backs.push({ ids: own, marking: { folder: old } })
        return true
      },
    ])
    if (backs.length === 0) return isDone
    const count = new Set(backs.flatMap(({ ids: own }) => own)).size
    useToasts().show(useSettings().say('ui.labelled', { count }), { undo: () => void takeBack(backs) })
    return isDone
  }

  async function takeBack(backs: readonly { ids: readonly string[]; marking: Marking }[]): Promise<void> {
    for (const { ids, marking } of backs.toReversed()) await bulletins.mark(ids, marking)
  }

  return { setRead, setStarred, label }
})

/** Step after step, as long as each is done. */
async function everyStep(steps: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  for (const step of steps) if (!(await step())) return false
  return true
}

/** Which bulletins lie in which folder now; those that can't be read are left out, and stay where they are. */
async function foldersOf(ids: readonly string[]): Promise<Map<string | null, string[]>> {
  const found = new Map<string | null, string[]>()
  for (const id of ids) {
    const bulletin = await callHost('getBulletin', { id }).catch(() => null)
    if (bulletin === null) continue
    const { folder } = bulletin.status
    found.set(folder, [...(found.get(folder) ?? []), id])
  }
  return found
}
