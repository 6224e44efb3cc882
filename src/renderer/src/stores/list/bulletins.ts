import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { Input, Output, SearchResult } from '../../../../shared/contract/api'
import type { Filter, ListItem, ListOrder } from '../../../../shared/bulletin'
import { callHost, events, getErrorShape } from '../../bridge'
import { runInBatches } from '../../lib/run-in-batches'
import { useToasts } from '../toasts'

/** The lists of the rail. */
export const lists = ['all', 'unread', 'starred', 'started'] as const
/** One of {@link lists}. */
export type List = (typeof lists)[number]
/** What the list shows: a list of the rail, the trash, or what lies in a folder, has a tag, comes from a source. */
export type Place =
  | { kind: List | 'trash' }
  | { kind: 'folder' | 'tag'; name: string }
  /** A followed source has an id; whoever else bulletins came from, a name alone. */
  | { kind: 'source'; name: string; id?: string }
/** Filters beside the search field, each on or off. */
export const chips = ['unread', 'starred', 'hasAttachment'] as const
/** One of {@link chips}. */
export type Chip = (typeof chips)[number]
/** Filters with a value of their own ("Lọc thêm"). */
export const narrowings = ['source', 'tag', 'folder', 'since', 'until'] as const
/** One of {@link narrowings}. */
export type Narrowing = (typeof narrowings)[number]
/** How the list may stand; `best` only while searching. */
export type Order = ListOrder | 'best'
/** A row of the list; a found one says where its words stand. */
export type Row = ListItem & Partial<Pick<SearchResult['items'][number], 'snippet'>>
/** What the list asks of the library, and a page of the answer. */
interface Question {
  filter: Filter
  query: string
  order: Order
}
type Page = Pick<SearchResult, 'total' | 'isMore' | 'spellings'> & { items: readonly Row[] }
/** What can be changed of many bulletins at once. */
export type Marking = Omit<Input<'markBulletins'>, 'ids'>

const pageSize = 100
/** Hits are counted this far beyond the page at hand; who scrolls on sees the list grow. */
const countedAhead = 500
/** Pages held at most, and of these how many are asked for again when something changes. */
const maxPages = 12
const pagesRefreshed = 4

function pageOf(index: number): number {
  return Math.floor(index / pageSize)
}

function filterOf(place: Place): Filter {
  if (place.kind === 'source') return { source: place.id ?? place.name }
  if ('name' in place) return { [place.kind]: place.name }
  if (place.kind === 'trash') return { inTrash: true }
  return place.kind === 'all' ? {} : { [place.kind]: true }
}

function without(filter: Pick<Filter, Narrowing>, kind: string): Pick<Filter, Narrowing> {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== kind))
}

/** The list of bulletins, paged: only the rows near the view are held. */
export const useBulletins = defineStore('bulletins', () => {
  const place = shallowRef<Place>({ kind: 'all' })
  const query = shallowRef('')
  const active = shallowRef<ReadonlySet<Chip>>(new Set())
  const narrowed = shallowRef<Pick<Filter, Narrowing>>({})
  const order = shallowRef<Order>('newest')
  const total = shallowRef(0)
  /** Whether there are more than `total`: hits are counted as far as somebody looks. */
  const isMore = shallowRef(false)
  const spellings = shallowRef<readonly string[]>([])
  const isLoaded = shallowRef(false)
  const counts = shallowRef<Output<'countBulletins'>>({ all: 0, unread: 0, starred: 0, started: 0, trash: 0 })
  const groups = shallowRef<Output<'listGroups'>>({ sources: [], tags: [], folders: [] })
  const pages = shallowRef(new Map<number, readonly Row[]>())
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  /** What was selected beyond the rows in hand, with the place each had in the list. */
  const far = new Map<string, { at: number; row: Pick<Row, 'id' | 'title'> }>()
  /** Rises with every fresh look: a reply to an older question is dropped. */
  let generation = 0
  /** Rises whenever something else is asked for than before. */
  let looked = 0
  /** A question for what is shown is on its way, and whether something changed since it was asked. */
  let isAsking = false
  let isOutdated = false
  /** Rises with every question for the groups. */
  let latestGroups = 0
  /** Pages on their way or in hand. */
  const asked = new Map<number, Promise<void>>()
  /** The page whose rows were looked at last. */
  let shownPage = 0
  /** Where the bulletin that was last asked for stands: its page may be forgotten meanwhile. */
  let lastPlace = { id: '', at: -1 }

  events.on((event) => {
    if (event.type !== 'bulletins-changed' && event.type !== 'status-changed') return
    followChange()
    void loadGroups()
  })
  events.onGap(() => void Promise.all([refresh(), loadGroups()]))

  const list = computed(() => place.value.kind)
  const isSearching = computed(() => query.value.trim() !== '')

  /** Changes that come faster than answers are looked up after the answer: else none would ever be shown. */
  function followChange(): void {
    if (isAsking) isOutdated = true
    else void refresh()
  }

  /** Something else is asked: nothing of the old answer is shown on. */
  async function look(): Promise<void> {
    looked += 1
    isLoaded.value = false
    unselect()
    pages.value = new Map()
    shownPage = 0
    lastPlace = { id: '', at: -1 }
    await refresh()
  }

  async function choose(chosen: Place): Promise<void> {
    place.value = chosen
    // The place says it already.
    narrowed.value = without(narrowed.value, chosen.kind)
    await look()
  }

  async function search(text: string): Promise<void> {
    query.value = text
    if (!isSearching.value && order.value === 'best') order.value = 'newest'
    await look()
  }

  /** Looks through the whole library, whatever filters were set. */
  async function searchEverywhere(text: string): Promise<void> {
    place.value = { kind: 'all' }
    active.value = new Set()
    narrowed.value = {}
    query.value = text
    await look()
  }

  async function toggleChip(chip: Chip): Promise<void> {
    active.value = active.value.symmetricDifference(new Set([chip]))
    await look()
  }

  /** Sets filters of the panel; an empty text takes one away. */
  async function narrow(change: Partial<Record<Narrowing, string>>): Promise<void> {
    narrowed.value = Object.fromEntries(
      Object.entries({ ...narrowed.value, ...change }).filter(([, value]) => value !== ''),
    )
    await look()
  }

  async function setOrder(chosen: Order): Promise<void> {
    order.value = chosen
    await look()
  }

  /** Counts and the pages in hand, anew. */
  async function refresh(): Promise<void> {
    generation += 1
    const mine = generation
    isAsking = true
    isOutdated = false
    asked.clear()
    // The view may reach from the page before into this one.
    const wanted = [...new Set([shownPage, Math.max(0, shownPage - 1), ...byDistance()])].slice(0, pagesRefreshed)
    try {
      const [newCounts, ...replies] = await Promise.all([
        callHost('countBulletins', {}),
        ...wanted.map((page) => fetchPage(page)),
      ])
      if (mine !== generation) return
      counts.value = newCounts
      total.value = Math.max(0, ...replies.map((reply) => reply.total))
      isMore.value = replies.every((reply) => reply.isMore)
      spellings.value = replies[0]?.spellings ?? []
      pages.value = new Map(wanted.map((page, at) => [page, replies[at]?.items ?? []]))
      isLoaded.value = true
      indexOf(lastPlace.id)
    } catch (thrown) {
      if (mine === generation) useToasts().show(getErrorShape(thrown))
    } finally {
      if (mine === generation) {
        isAsking = false
        if (isOutdated) void refresh()
      }
    }
  }

  async function loadGroups(): Promise<void> {
    const mine = ++latestGroups
    const found = await callHost('listGroups', {}).catch(() => null)
    if (found !== null && mine === latestGroups) groups.value = found
  }

  /** What the list asks for now. */
  function question(): Question {
    const filter = {
      ...filterOf(place.value),
      ...narrowed.value,
      ...Object.fromEntries([...active.value].map((chip) => [chip, true])),
    }
    return { filter, query: query.value, order: order.value }
  }

  async function fetchPage(page: number, { filter, query: text, order: sorted }: Question = question()): Promise<Page> {
    const paged = { filter, offset: page * pageSize, limit: pageSize }
    if (text.trim() === '') {
      const ordered = sorted === 'best' ? {} : { order: sorted }
      return { ...(await callHost('listBulletins', { ...paged, ...ordered })), isMore: false, spellings: [] }
    }
    const mostCounted = paged.offset + pageSize + countedAhead
    return callHost('searchBulletins', { ...paged, query: text, order: sorted, isTyping: true, mostCounted })
  }

  /** The row shown at a place, or null while its page is on the way; pages far from it are forgotten. */
  function rowAt(index: number): Row | null {
    shownPage = pageOf(index)
    if (!pages.value.has(shownPage)) void loadPage(shownPage)
    return heldRow(index)
  }

  /** The row at a place, as far as it is in hand. */
  function heldRow(index: number): Row | null {
    return pages.value.get(pageOf(index))?.[index % pageSize] ?? null
  }

  /** The row at a place, fetched where it is not in hand; null where there is none. */
  async function fetchRow(index: number): Promise<Row | null> {
    if (pages.value.has(pageOf(index))) return heldRow(index)
    return (await fetchPage(pageOf(index)).catch(() => null))?.items[index % pageSize] ?? null
  }

  /**
   * The row after (1) or before (-1) a bulletin, or with null the one that was open last, wherever the list was scrolled
   * to since. Where the bulletin has left the list (read, in that of the unread), the next has come to its place. The
   * first row where it never was in the list.
   */
  async function neighbourOf(id: string | null, direction: 1 | -1): Promise<Row | null> {
    const at = indexOf(id ?? lastPlace.id)
    const isGone = at >= 0 && pages.value.has(pageOf(at)) && heldRow(at)?.id !== lastPlace.id
    const wanted = isGone && direction === 1 ? at : at + direction
    return at === 0 && wanted < 0 ? null : fetchRow(Math.max(0, wanted))
  }

  function loadPage(page: number): Promise<void> {
    const onItsWay = asked.get(page) ?? fetchInto(page)
    asked.set(page, onItsWay)
    return onItsWay
  }

  async function fetchInto(page: number): Promise<void> {
    const mine = generation
    const reply = await fetchPage(page).catch(() => null)
    if (mine !== generation) return
    if (reply === null) {
      asked.delete(page)
      return
    }
    pages.value.set(page, reply.items)
    if (reply.total > total.value || !reply.isMore) {
      total.value = reply.total
      isMore.value = reply.isMore
    }
    forgetFarPages()
    triggerRef(pages)
  }

  /** Pages in hand, those nearest to what is shown first. */
  function byDistance(): number[] {
    return [...pages.value.keys()].sort((a, b) => Math.abs(a - shownPage) - Math.abs(b - shownPage))
  }

  /** Only pages near what is shown are held: a hundred thousand rows would fill the memory. */
  function forgetFarPages(): void {
    for (const page of byDistance().slice(maxPages)) {
      pages.value.delete(page)
      asked.delete(page)
    }
  }

  /** Place of a bulletin among the rows in hand; -1 where it is not among them. */
  function placeOf(id: string): number {
    for (const [page, rows] of pages.value) {
      const at = rows.findIndex((row) => row.id === id)
      if (at >= 0) return page * pageSize + at
    }
    return -1
  }

  /** Place of a bulletin among the rows in hand, or where it was last found; -1 where it is not known. */
  function indexOf(id: string): number {
    const at = placeOf(id)
    if (at >= 0) lastPlace = { id, at }
    return lastPlace.id === id ? lastPlace.at : -1
  }

  /** Does something to the library, and says what went wrong; null then. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
      return null
    }
  }

  /** Ids of those that changed; null, and said so, where it could not be done. */
  async function mark(ids: readonly string[], marking: Marking): Promise<string[] | null> {
    return runInBatches(ids, (part) => attempt(() => callHost('markBulletins', { ids: part, ...marking })))
  }

  /** Ids of those that moved. */
  async function trash(ids: readonly string[]): Promise<string[]> {
    unselect()
    return (await runInBatches(ids, (part) => attempt(() => callHost('trashBulletins', { ids: part })))) ?? []
  }

  async function restore(ids: readonly string[]): Promise<string[]> {
    unselect()
    return (await runInBatches(ids, (part) => attempt(() => callHost('restoreBulletins', { ids: part })))) ?? []
  }

  async function emptyTrash(): Promise<string[]> {
    return (await attempt(() => callHost('emptyTrash', { ids: null })))?.changed ?? []
  }

  /** Rows of everything the list shows now, in its order, at most so many; none, and said so, where some can't be had. */
  async function allRows(most: number): Promise<Row[]> {
    // Another list may be chosen meanwhile; and what is added pushes rows from a page into the next.
    const asking = question()
    const rows = new Map<string, Row>()
    for (let page = 0; rows.size < most; page++) {
      const reply = await attempt(() => fetchPage(page, asking))
      if (reply === null) return []
      if (reply.items.length === 0) break
      for (const row of reply.items) rows.set(row.id, row)
    }
    return [...rows.values()].slice(0, most)
  }

  /** Ids and titles of some bulletins, in the order of the list as far as it is known. */
  async function rowsOf(ids: readonly string[]): Promise<Pick<Row, 'id' | 'title'>[]> {
    const held = [...pages.value].flatMap(([page, rows]) =>
      rows.map((row, at) => ({ at: page * pageSize + at, row }) as const),
    )
    const known = new Map([...far.values(), ...held].map((each) => [each.row.id, each]))
    const found: { at: number; row: Pick<Row, 'id' | 'title'> }[] = []
    for (const id of ids) {
      const row = known.get(id) ?? (await attempt(() => callHost('getBulletin', { id })))
      if (row !== null) found.push('row' in row ? row : { at: Number.MAX_SAFE_INTEGER, row })
    }
    return found.sort((a, b) => a.at - b.at).map(({ row }) => row)
  }

  /** Selects or unselects one row; with `from`, all rows between the two, those not in hand too. */
  async function select(index: number, from: number | null = null): Promise<void> {
    const [first, last] = [Math.min(index, from ?? index), Math.max(index, from ?? index)]
    const mine = looked
    const ids = new Set<string>()
    for (let page = pageOf(first); page <= pageOf(last); page++) {
      const rows = pages.value.get(page) ?? (await attempt(() => fetchPage(page)))?.items
      if (rows === undefined || mine !== looked) return
      for (const [at, row] of rows.entries()) {
        const place = page * pageSize + at
        if (place < first || place > last) continue
        ids.add(row.id)
        far.set(row.id, { at: place, row: { id: row.id, title: row.title } })
      }
    }
    selected.value = from === null ? selected.value.symmetricDifference(ids) : selected.value.union(ids)
  }

  function unselect(): void {
    selected.value = new Set()
    far.clear()
  }

  const asking = { place, list, query, isSearching, active, narrowed, order }
  const answer = { total, isMore, spellings, isLoaded, counts, groups, pages, selected }
  const looks = { choose, search, searchEverywhere, toggleChip, narrow, setOrder, refresh, loadGroups }
  const rows = { rowAt, heldRow, fetchRow, neighbourOf, placeOf, indexOf, select, unselect, allRows, rowsOf }
  return { ...asking, ...answer, ...looks, ...rows, mark, trash, restore, emptyTrash }
})
