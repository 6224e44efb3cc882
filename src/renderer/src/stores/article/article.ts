import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import type { Bulletin, Position, RevisionSummary } from '../../../../shared/bulletin'
import type { ErrorShape } from '../../../../shared/errors'
import type { OutputBulletin } from '../../lib/output-bulletin'
import { callHost, events, getErrorShape } from '../../bridge'
import { useBulletins } from '../list/bulletins'
import { useExport } from '../output/export'
import { usePrint } from '../output/print'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** The bulletin that is open. */
export const useArticle = defineStore('article', () => {
  const bulletin = shallowRef<Bulletin | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  const openId = shallowRef<string | null>(null)
  /** 0–1, for the progress line. */
  const progress = shallowRef(0)
  /** How many places match what is searched for, and which of them is shown. */
  const matchCount = shallowRef(0)
  const matchAt = shallowRef(0)
  /** The older revision that is read; null for the current one. */
  const readNumber = shallowRef<number | null>(null)
  /** Of the open bulletin, oldest first; empty where there is only one. */
  const revisions = shallowRef<readonly RevisionSummary[]>([])
  /** What is looked for in the open bulletin alone (Ctrl F); null while the bar for it is closed. */
  const findText = shallowRef<string | null>(null)
  /** Rises with every load: a reply to an older one is dropped. */
  let latest = 0
  /** The bulletin the reader has just opened: read once it is shown. Events that load it again do not count as opening. */
  let justOpened: string | null = null

  events.on((event) => {
    if (openId.value === null || !('ids' in event) || !event.ids.includes(openId.value)) return
    void load(openId.value)
  })
  events.onGap(() => {
    if (openId.value !== null) void load(openId.value)
  })

  async function open(id: string): Promise<void> {
    openId.value = id
    justOpened = id
    readNumber.value = null
    progress.value = 0
    await load(id)
  }

  async function load(id: string): Promise<void> {
    latest += 1
    const mine = latest
    try {
      const loaded = await callHost('getBulletin', {
        id,
        ...(readNumber.value === null ? {} : { revision: readNumber.value }),
      })
      const found = loaded.currentRevision > 1 ? await listRevisions(id) : []
      if (mine !== latest) return
      revisions.value = found
      bulletin.value = loaded
      error.value = null
      const isOpened = justOpened === id
      justOpened = null
      if (isOpened && !loaded.status.read) await countAsRead(id)
    } catch (thrown) {
      if (mine !== latest) return
      const shape = getErrorShape(thrown)
      // A host that is gone takes nothing from what is already on screen; the banner says so.
      if (shape.code === 'host-gone' && bulletin.value?.id === id) return
      bulletin.value = null
      error.value = shape
    }
  }

  /** A library that may only be read stays as it is; to say so at every bulletin would be tiresome. */
  async function countAsRead(id: string): Promise<void> {
    showStatus(id, { read: true })
    await callHost('markBulletins', { ids: [id], read: true }).catch((thrown: unknown) => {
      showStatus(id, { read: false })
      const shape = getErrorShape(thrown)
      if (shape.code !== 'library-read-only') useToasts().show(shape)
    })
  }

  /** Before the library's word comes: who presses again at once means what he sees. */
  function showStatus(id: string, change: Partial<Pick<Bulletin['status'], 'read' | 'starred'>>): void {
    const { value } = bulletin
    if (value?.id === id) bulletin.value = { ...value, status: { ...value.status, ...change } }
  }

  /** Reads an older revision of the open bulletin, or with null the current one again. */
  async function readRevision(number: number | null): Promise<void> {
    readNumber.value = number
    if (openId.value !== null) await load(openId.value)
  }

  function listRevisions(id: string): Promise<RevisionSummary[]> {
    return callHost('listRevisions', { id })
  }

  /** What changed from one revision to another; null, and said so, where it can't be had. */
  async function compare(id: string, from: number, to: number): Promise<Output<'diffRevisions'> | null> {
    try {
      return await callHost('diffRevisions', { id, from, to })
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
      return null
    }
  }

  function close(): void {
    latest += 1
    openId.value = null
    bulletin.value = null
    error.value = null
  }

  /** Read or not, with a star or without. */
  async function toggle(name: 'read' | 'starred'): Promise<void> {
    if (bulletin.value === null) return
    const { id, status } = bulletin.value
    showStatus(id, { [name]: !status[name] })
    const changed = await useBulletins().mark([id], { [name]: !status[name] })
    if (changed === null) showStatus(id, { [name]: status[name] })
  }

  /** Takes back one of the repairs of the open text, or makes it again. */
  async function toggleRepair(at: number): Promise<void> {
    const repair = bulletin.value?.repairs[at]
    if (bulletin.value === null || repair === undefined) return
    const { kind, rule, field } = repair
    const set = async (id: string, undone: boolean): Promise<void> => {
      try {
        await callHost('setRepair', { id, repair: { kind, rule, field }, undone })
      } catch (thrown) {
        useToasts().show(getErrorShape(thrown))
      }
    }
    const { id } = bulletin.value
    await set(id, !repair.undone)
    const said = useSettings().say(repair.undone ? 'ui.repair-set-redone' : 'ui.repair-set-undone')
    useToasts().show(said, { undo: () => void set(id, repair.undone) })
  }

  /** Gives an attached file to the reader: a download in the browser, a dialog on the desktop. */
  async function openAttachment(id: string, file: string): Promise<void> {
    try {
      const { page } = await callHost('openAttachment', { id, file })
      if (page !== null) window.open(page, '_blank', 'noopener')
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  /** Extracts the kept page of the open bulletin again, and says whether that changed anything. */
  async function reextract(): Promise<void> {
    if (bulletin.value === null) return
    const { id, revision } = bulletin.value
    try {
      const { revision: number } = await callHost('reextractBulletin', { id })
      useToasts().show(useSettings().say(number === revision.number ? 'ui.reextract-same' : 'ui.reextracted'))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  async function keepPosition(id: string, position: Position | null): Promise<void> {
    // A place that could not be kept is no reason to interrupt reading.
    await callHost('keepPosition', { id, position }).catch(() => null)
  }

  /** To the trash, with a way back; what is open closes. */
  async function trash(ids: readonly string[]): Promise<void> {
    const bulletins = useBulletins()
    const moved = await bulletins.trash(ids)
    if (moved.length === 0) return
    if (openId.value !== null && moved.includes(openId.value)) close()
    const { say } = useSettings()
    useToasts().show(say('ui.trashed', { count: moved.length }), { undo: () => void bulletins.restore(moved) })
  }

  /** Out of the trash, with a way back. */
  async function restore(ids: readonly string[]): Promise<void> {
    const bulletins = useBulletins()
    const moved = await bulletins.restore(ids)
    if (moved.length === 0) return
    const { say } = useSettings()
    useToasts().show(say('ui.restored', { count: moved.length }), { undo: () => void bulletins.trash(moved) })
  }

  function goToMatch(step: 1 | -1): void {
    if (matchCount.value > 0) matchAt.value = (matchAt.value + step + matchCount.value) % matchCount.value
  }

  /** The open bulletin, or another, in a window (desktop) or tab (web) of its own. */
  async function openInNew(id: string | null = openId.value): Promise<void> {
    if (id === null) return
    try {
      const { page } = await callHost('openReader', { id })
      if (page !== null) window.open(page, '_blank', 'noopener')
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  function print(): void {
    if (bulletin.value !== null) usePrint().open([handed(bulletin.value)])
  }

  function exportToFile(): void {
    if (bulletin.value !== null) useExport().open([handed(bulletin.value)])
  }

  /** What is read is what is handed on, an older version too. */
  function handed({ id, title, revision, currentRevision }: Bulletin): OutputBulletin {
    return { id, title, version: revision.number === currentRevision ? null : revision }
  }

  /** Puts the sample into the library, again where it was taken away, and opens it. */
  async function openSample(): Promise<void> {
    try {
      const { id } = await callHost('addSample', {})
      await open(id)
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  async function openOutside(url: string): Promise<void> {
    try {
      const { page } = await callHost('openExternal', { url })
      if (page !== null) window.open(page, '_blank', 'noopener,noreferrer')
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  const state = { bulletin, error, openId, progress, matchCount, matchAt, readNumber, revisions, findText }
  return {
    ...state,
    ...{
      open,
      close,
      toggle,
      toggleRepair,
      openAttachment,
      reextract,
      readRevision,
      listRevisions,
      compare,
      keepPosition,
      trash,
      restore,
      goToMatch,
      openInNew,
      openSample,
      print,
      exportToFile,
      openOutside,
    },
  }
})
