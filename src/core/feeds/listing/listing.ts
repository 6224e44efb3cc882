import type { Entry } from '../../../shared/source'
import { type Card, findCards } from './cards'
import { readCardEntry, type CardEntry, machineDatesIn } from './card-entry'
import { dateOrderOf } from '../feed-dates'
import { closest, type PageElement, type PageTree, readPageTree } from './page-tree'
import { findPaging, type Paging } from './paging'

/** A page that lists bulletins, taken apart. */
export interface Listing extends Paging {
  title: string | null
  /** In the page's order, each address once. */
  entries: Entry[]
  isCut: boolean
}

/** Blocks built alike. */
interface Group {
  cards: { card: Card; entry: CardEntry }[]
  /** How much a block shows beside its title, on average: a date and a lead count two, a picture and a heading one. */
  evidence: number
  isAside: boolean
}

/** From this evidence on a block is a bulletin's whatever its neighbours are. */
const rich = 2
/** Blocks that show nothing but a title are bulletins where there are so many, half of them so long; menus are shorter. */
const bare = { cards: 3, words: 8 }
/** A block without its like must show more to count. */
const aloneEvidence = 3

/**
 * The bulletins a page lists, found by its structure alone: blocks built alike, each with a link, mostly a date, a lead
 * or a picture. What stands in a side column is left out unless the main matter itself stands there. A page without
 * such blocks gives no entries.
 */
export function readListing(html: string, address: string): Listing {
  return listingOf(readPageTree(html, address), address)
}

/** {@link readListing} of a page that was read already. */
export function listingOf(page: PageTree, address: string): Listing {
  const groups = groupsOf(findCards(page, address))
  const chosen = choose(groups)
  const positions = new Map(page.links.map(({ element }, at) => [element, at]))
  const at = ({ links }: Card): number => positions.get(links[0]?.element ?? page.root) ?? 0
  const kept = chosen.flatMap(({ cards }) => cards).sort((a, b) => at(a.card) - at(b.card))
  const entries = new Map<string, Entry>()
  for (const { entry } of kept) {
    const known = entries.get(entry.url)
    entries.set(entry.url, {
      url: entry.url,
      title: known?.title ?? entry.title,
      publishedAt: known?.publishedAt ?? entry.publishedAt,
      summary: known?.summary ?? entry.summary,
    })
  }
  return { title: page.title, entries: [...entries.values()], isCut: page.isCut, ...findPaging(page, address) }
}

function groupsOf(cards: readonly Card[]): Group[] {
  const byShape = new Map<string, Group['cards']>()
  const order = dateOrderOf(cards.flatMap(({ block }) => machineDatesIn(block)))
  for (const card of cards) {
    const entry = readCardEntry(card, order)
    if (entry === null) continue
    const key = `${card.shape} ${card.isAside}`
    const known = byShape.get(key)
    if (known === undefined) byShape.set(key, [{ card, entry }])
    else known.push({ card, entry })
  }
  return [...byShape.values()].map((group) => ({
    cards: group,
    evidence: group.reduce((sum, { entry }) => sum + entry.evidence, 0) / group.length,
    isAside: group[0]?.card.isAside ?? false,
  }))
}

function choose(groups: readonly Group[]): Group[] {
  const weight = ({ cards, evidence, isAside }: Group): number => (cards.length * (evidence + 0.5)) / (isAside ? 3 : 1)
  const likely = groups.filter(isLikely)
  const best = likely.toSorted((a, b) => weight(b) - weight(a))[0]
  if (best === undefined) return []
  const main = likely.filter(({ isAside }) => !isAside || best.isAside)
  const richOnes = main.filter(({ evidence }) => evidence >= rich)
  const isDated = best.cards.filter(({ entry }) => entry.publishedAt !== null).length * 2 > best.cards.length
  if (!isDated) return main
  // Titles alone beside a list with dates: further bulletins where they share the list, else "most read" and its like.
  const lists = new Set(richOnes.flatMap(({ cards }) => cards.map(({ card }) => card.block.parent)))
  return main.filter((group) => group.evidence >= rich || group.cards.every(({ card }) => isInside(card.block, lists)))
}

function isLikely({ cards, evidence, isAside }: Group): boolean {
  const long = cards.filter(({ entry }) => entry.titleWords >= bare.words)
  if (evidence >= rich) return cards.length > 1 || evidence >= aloneEvidence
  return !isAside && cards.length >= bare.cards && long.length * 2 >= cards.length
}

function isInside(block: PageElement, lists: ReadonlySet<PageElement | null>): boolean {
  return closest(block, (around) => lists.has(around), 2) !== null
}
