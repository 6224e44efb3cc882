import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Bulletin, Position, RevisionSummary } from '../../../../shared/bulletin'
import type { ErrorShape } from '../../../../shared/errors'
import { callHost, events, getErrorShape } from '../../bridge'
import type { OutputBulletin } from '../../lib/output-bulletin'
import { createResponseGuard } from '../../lib/response-guard'
import { useHost } from '../host'
import { markBulletins } from '../list/mark-bulletins'
import { useExport } from '../output/export'
import { usePrint } from '../output/print'
import { attempt, reportError } from '../report-error'

/**
 * The bulletin that is open. The store has over 100 lines, because opening, reloading after an event, and showing a
 * status before the library stores it all change the same bulletin.
 */
export const useArticle = defineStore('article', () => {
  const bulletin = shallowRef<Bulletin | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  const openId = shallowRef<string | null>(null)
  /** The share of the article that has been read, from 0 to 1. */
  const progress = shallowRef(0)
  /** The number of the older revision that is shown. The value is null for the current revision. */
  const readNumber = shallowRef<number | null>(null)
  /** All revisions of the open bulletin, the oldest first. The list is empty if the bulletin has only one revision. */
  const revisions = shallowRef<readonly RevisionSummary[]>([])
  const loads = createResponseGuard()
  /**
   * The id of the bulletin that the user has just opened. The first load marks the bulletin as read, but later loads do
   * not.
   */
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
    const loading = loads.begin()
    const revision = readNumber.value === null ? {} : { revision: readNumber.value }
    try {
      const loaded = await callHost('getBulletin', { id, ...revision })
      const found = loaded.currentRevision > 1 ? await callHost('listRevisions', { id }) : []
      if (!loading.isLatest()) return
      revisions.value = found
      bulletin.value = loaded
      error.value = null
      const isOpened = justOpened === id
      justOpened = null
      if (isOpened && !loaded.status.read) await markAsRead(id)
    } catch (thrown) {
      if (!loading.isLatest()) return
      const shape = getErrorShape(thrown)
      // While the host cannot be reached, the article stays on screen. A banner says that the host is unreachable.
      if (shape.code === 'host-gone' && bulletin.value?.id === id) return
      bulletin.value = null
      error.value = shape
    }
  }

  /**
   * Marks an opened bulletin as read. A read-only library refuses this change every time, so the refusal is not shown
   * as an error.
   */
  async function markAsRead(id: string): Promise<void> {
    showStatus(id, { read: true })
    await callHost('markBulletins', { ids: [id], read: true }).catch((thrown: unknown) => {
      showStatus(id, { read: false })
      const { code } = getErrorShape(thrown)
      // A banner already says that the disk is full.
      const isKnown = code === 'library-read-only' || (code === 'disk-full' && useHost().host.isDiskFull)
      if (!isKnown) reportError(thrown)
    })
  }

  /** Shows a status before the library has stored it, so that a second press acts on the visible status. */
  function showStatus(id: string, change: Partial<Pick<Bulletin['status'], 'read' | 'starred'>>): void {
    const { value } = bulletin
    if (value?.id === id) bulletin.value = { ...value, status: { ...value.status, ...change } }
  }

  /** Shows an older revision of the open bulletin. With null, shows the current revision again. */
  async function readRevision(number: number | null): Promise<void> {
    readNumber.value = number
    if (openId.value !== null) await load(openId.value)
  }

  function close(): void {
    loads.invalidate()
    openId.value = null
    bulletin.value = null
    error.value = null
  }

  /** Reverses either the read mark or the star of the open bulletin. */
  async function toggle(name: 'read' | 'starred'): Promise<void> {
    if (bulletin.value === null) return
    const { id, status } = bulletin.value
    showStatus(id, { [name]: !status[name] })
    const changed = await markBulletins([id], { [name]: !status[name] })
    if (changed === null) showStatus(id, { [name]: status[name] })
  }

  async function storePosition(id: string, position: Position | null): Promise<void> {
    if (useHost().host.isForGuests) return
    // A failure is ignored, because a reading position that cannot be stored is not worth an error message.
    await callHost('keepPosition', { id, position }).catch(() => null)
  }

  function print(): void {
    if (bulletin.value !== null) usePrint().open([outputOf(bulletin.value)])
  }

  function exportToFile(): void {
    if (bulletin.value !== null) useExport().open([outputOf(bulletin.value)])
  }

  /** Opens the sample bulletin. The library stores the sample again, even if the user has deleted the sample before. */
  async function openSample(): Promise<void> {
    const sample = await attempt(() => callHost('addSample', {}))
    if (sample !== null) await open(sample.id)
  }

  const state = { bulletin, error, openId, progress, readNumber, revisions }
  return { ...state, open, close, readRevision, toggle, storePosition, print, exportToFile, openSample }
})

/** Returns the open bulletin in its shown revision, for printing and exporting. */
function outputOf({ id, title, revision, currentRevision }: Bulletin): OutputBulletin {
  return { id, title, version: revision.number === currentRevision ? null : revision }
}
