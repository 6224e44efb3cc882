import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { Output } from '../../../shared/api'
import type { Filter, ListItem } from '../../../shared/bulletin'
import { ask, events, shapeOf } from '../bridge'
import { useToasts } from './toasts'

/** The lists of the rail. */
export const lists = ['all', 'unread', 'starred', 'started'] as const
/** One of {@link lists}. */
export type List = (typeof lists)[number]

const pageSize = 100
const filters: Record<List, Filter> = {
  all: {},
  unread: { unread: true },
  starred: { starred: true },
  started: { started: true },
}

/** The list of bulletins, paged: only the rows near the view are held. */
export const useBulletins = defineStore('bulletins', () => {
  const list = shallowRef<List>('all')
  const total = shallowRef(0)
  const isLoaded = shallowRef(false)
  const counts = shallowRef<Output<'countBulletins'>>({ all: 0, unread: 0, starred: 0, started: 0, trash: 0 })
  const pages = shallowRef(new Map<number, readonly ListItem[]>())
  /** Rises with every fresh look: a reply to an older question is dropped. */
  let generation = 0
  const asked = new Set<number>()

  events.on((event) => {
    if (event.type === 'bulletins-changed' || event.type === 'status-changed') void refresh()
  })
  events.onGap(() => void refresh())

  const title = computed(() => `ui.list-${list.value}` as const)

  async function choose(chosen: List): Promise<void> {
    list.value = chosen
    isLoaded.value = false
    pages.value = new Map()
    await refresh()
  }

  /** Counts and the pages in hand, anew. */
  async function refresh(): Promise<void> {
    generation += 1
    const mine = generation
    asked.clear()
    const wanted = [...new Set([0, ...pages.value.keys()])].slice(-4)
    try {
      const [newCounts, ...replies] = await Promise.all([
        ask('countBulletins', {}),
        ...wanted.map((page) => fetchPage(page)),
      ])
      if (mine !== generation) return
      counts.value = newCounts
      total.value = replies[0]?.total ?? 0
      pages.value = new Map(wanted.map((page, at) => [page, replies[at]?.items ?? []]))
      isLoaded.value = true
    } catch (thrown) {
      if (mine === generation) useToasts().show(shapeOf(thrown))
    }
  }

  function fetchPage(page: number): Promise<Output<'listBulletins'>> {
    return ask('listBulletins', { filter: filters[list.value], offset: page * pageSize, limit: pageSize })
  }

  /** The row at a place, or null while its page is on the way. */
  function rowAt(index: number): ListItem | null {
    const page = Math.floor(index / pageSize)
    const rows = pages.value.get(page)
    if (rows === undefined) void loadPage(page)
    return rows?.[index % pageSize] ?? null
  }

  async function loadPage(page: number): Promise<void> {
    if (asked.has(page)) return
    asked.add(page)
    const mine = generation
    const reply = await fetchPage(page).catch(() => null)
    if (reply === null || mine !== generation) return
    pages.value.set(page, reply.items)
    triggerRef(pages)
  }

  /** Place of a bulletin among the rows in hand; -1 where it is not there. */
  function indexOf(id: string): number {
    for (const [page, rows] of pages.value) {
      const at = rows.findIndex((row) => row.id === id)
      if (at >= 0) return page * pageSize + at
    }
    return -1
  }

  async function mark(ids: string[], marking: { read?: boolean; starred?: boolean }): Promise<void> {
    try {
      await ask('markBulletins', { ids, ...marking })
    } catch (thrown) {
      useToasts().show(shapeOf(thrown))
    }
  }

  return { list, total, isLoaded, counts, title, pages, choose, refresh, rowAt, indexOf, mark }
})
