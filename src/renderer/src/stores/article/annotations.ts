import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Highlight, Note, Passage } from '../../../../shared/bulletin'
import type { ErrorShape } from '../../../../shared/errors'
import type { TextRange as Stretch } from '../../../../shared/search/search-matches'
import type { Input } from '../../../../shared/contract/api'
import { callHost, getErrorShape } from '../../bridge'
import { useArticle } from './article'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** A highlight, or a note with its text. */
export type Annotation = Highlight & { text: string | null; changed: string | null }

/** What the small bar stands at: words that are selected, or a mark that was clicked. */
export interface ActivePassage {
  passage: Passage
  /** Null while the passage is only selected. */
  mark: Annotation | null
  /** Where it is in the window, px. */
  top: number
  bottom: number
  left: number
}

type MarksChange = Omit<Input<'keepMarks'>, 'id'>

/** Highlights and notes of the open bulletin, where they stand in what is read, and what is being done to one. */
export const useAnnotations = defineStore('marks', () => {
  const article = useArticle()
  /** Stretches of the text that is read, by the mark's id; a mark that is not there is no longer found. */
  const places = shallowRef<ReadonlyMap<string, Stretch>>(new Map())
  const inHand = shallowRef<ActivePassage | null>(null)
  /** What a note is being written about, and of which bulletin: another may be opened meanwhile. */
  const editing = shallowRef<{ id: string; revision: number; passage: Passage; mark: Annotation | null } | null>(null)
  /** Why the note that is being written could not be kept. */
  const problem = shallowRef<ErrorShape | null>(null)
  let isKeeping = false
  /** The mark to be brought into view; an object, so that the same one can be asked for again. */
  const wanted = shallowRef<{ id: string } | null>(null)
  const isListOpen = shallowRef(false)
  /** Rises when what was selected is done with: its colour is to be seen, not the selection's. */
  const released = shallowRef(0)

  const marks = computed<readonly Annotation[]>(() => {
    const status = article.bulletin?.status
    if (status === undefined) return []
    return [...status.highlights.map((mark) => ({ ...mark, text: null, changed: null })), ...status.notes]
  })
  const placed = computed(() =>
    marks.value
      .filter(({ id }) => places.value.has(id))
      .toSorted((a, b) => (places.value.get(a.id)?.from ?? 0) - (places.value.get(b.id)?.from ?? 0)),
  )
  const lost = computed(() => marks.value.filter(({ id }) => !places.value.has(id)))

  /** Changes marks of a bulletin, says so, and offers the way back; what went wrong otherwise. */
  async function change(id: string, forward: MarksChange, back: MarksChange, said: string): Promise<ErrorShape | null> {
    const keep = (kept: MarksChange): Promise<unknown> => callHost('keepMarks', { id, ...kept })
    const tell = (thrown: unknown): void => useToasts().show(getErrorShape(thrown))
    try {
      await keep(forward)
    } catch (thrown) {
      return getErrorShape(thrown)
    }
    useToasts().show(said, { undo: () => void keep(back).catch(tell) })
    return null
  }

  /** The same for what is done at once, with the open bulletin; what went wrong is said. */
  async function changeOpen(forward: MarksChange, back: MarksChange, said: string): Promise<void> {
    const id = article.bulletin?.id
    inHand.value = null
    released.value += 1
    const failed = id === undefined ? null : await change(id, forward, back, said)
    if (failed !== null) useToasts().show(failed)
  }

  /** Colours the selected passage; says so where none is. */
  async function highlight(): Promise<void> {
    const { say } = useSettings()
    const chosen = inHand.value
    if (chosen === null || chosen.mark !== null) return useToasts().show(say('ui.select-first'))
    const { bulletin } = article
    if (bulletin === null) return
    const made = newMark(chosen.passage, bulletin.revision.number)
    await changeOpen({ highlights: [made] }, { remove: [made.id] }, say('ui.highlighted'))
  }

  /** Begins a note about the selected passage, or the note of the mark in hand. */
  function edit(): void {
    if (inHand.value === null) useToasts().show(useSettings().say('ui.select-first'))
    else begin(inHand.value)
    inHand.value = null
  }

  /** Begins a note about a passage of the open bulletin, or opens that of a mark. */
  function begin({ passage, mark }: Pick<ActivePassage, 'passage' | 'mark'>): void {
    const { bulletin } = article
    if (bulletin === null) return
    problem.value = null
    editing.value = { id: bulletin.id, revision: bulletin.revision.number, passage, mark }
  }

  /** Keeps the note that is being written; without words its passage stays coloured. What can't be kept stays open. */
  async function finish(text: string): Promise<void> {
    const { say } = useSettings()
    const begun = editing.value
    if (begun === null || isKeeping) return
    if (text.trim() === (begun.mark?.text ?? '')) return void (editing.value = null)
    const made = begun.mark === null ? newMark(begun.passage, begun.revision) : highlightOf(begun.mark)
    const back = begun.mark === null ? { remove: [made.id] } : keeping(begun.mark)
    const now = {
      ...begun.mark,
      ...made,
      text: text.trim() === '' ? null : text.trim(),
      changed: new Date().toISOString(),
    }
    problem.value = null
    isKeeping = true
    const failed = await change(begun.id, keeping(now), back, say('ui.noted'))
    isKeeping = false
    // Closed by its reader meanwhile.
    if (editing.value !== begun) return
    problem.value = failed
    if (failed !== null) return
    released.value += 1
    editing.value = null
  }

  async function remove(mark: Annotation): Promise<void> {
    await changeOpen({ remove: [mark.id] }, keeping(mark), useSettings().say('ui.mark-removed'))
  }

  const state = { places, inHand, editing, problem, wanted, isListOpen, released, marks, placed, lost }
  return { ...state, highlight, edit, begin, finish, remove }
})

function newMark(passage: Passage, revision: number): Highlight {
  return { id: newMarkId(), passage, revision, made: new Date().toISOString() }
}

/** The known fields alone: what a newer version keeps beside them stays where it is. */
function highlightOf({ id, passage: { quote, prefix, suffix, start }, revision, made }: Highlight): Highlight {
  return { id, passage: { quote, prefix, suffix, start }, revision, made }
}

function keeping(mark: Annotation): MarksChange {
  const { text, changed } = mark
  if (text === null) return { highlights: [highlightOf(mark)] }
  const note: Note = { ...highlightOf(mark), text, changed: changed ?? mark.made }
  return { notes: [note] }
}

/** Twenty characters by chance. crypto.randomUUID is not there on a page that came over plain HTTP. */
function newMarkId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(36).padStart(2, '0')).join('')
}
