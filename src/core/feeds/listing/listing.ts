import type { Entry } from '../../../shared/source'
import { type Card, findCards } from './cards'
import { readCardEntry, type CardEntry, machineDatesIn } from './card-entry'
import { dateOrderOf } from '../feed-dates'
import { closest, type PageElement, type PageTree, readPageTree } from './page-tree'
import { findPaging, type Paging } from './paging'

/** A parsed page that lists bulletins. */
export interface Listing extends Paging {
  title: string | null
  /** The listed bulletins in the order of the page. Each address occurs once. */
  entries: Entry[]
  /** Whether the rest of the page was ignored because a limit was reached. */
  isCut: boolean
}

/** The cards (blocks that show one bulletin) of a page that have the same structure. */
interface Group {
  cards: { card: Card; entry: CardEntry }[]
  /** The average {@link CardEntry.evidence} of the entries. */
  evidence: number
  isAside: boolean
}

/**
 * Minimum average evidence of a group that shows bulletins. A group with less evidence must meet {@link minBareGroup}.
 */
const minEvidence = 2
/**
 * The conditions under which a group with less evidence shows bulletins: it has at least this number of cards, and at
 * least half of its titles have at least this number of words. Menu entries have fewer words.
 */
const minBareGroup = { cards: 3, titleWords: 8 }
/** Minimum evidence (see {@link CardEntry.evidence}) of a card whose structure no other card has. */
const minSingleEvidence = 3

/**
 * Reads the bulletins that a page lists. Uses only the structure of the page: bulletins are blocks of the same
 * structure, each with a link, and most of them with a date, a summary or a picture. Side columns are ignored, unless
 * the main content is in a side column. A page without such blocks has no entries.
 */
export function readListing(html: string, address: string): Listing {
  return readListingTree(readPageTree(html, address), address)
}

/** Does the same as {@link readListing} for a parsed page. */
export function readListingTree(page: PageTree, address: string): Listing {
  const chosen = chooseGroups(groupCards(dropOtherSites(findCards(page, address), address)), address)
  const positions = new Map(page.links.map(({ element }, at) => [element, at]))
  const at = ({ links }: Card): number => positions.get(links[0]?.element ?? page.root) ?? 0
  const cards = chosen.flatMap(({ cards }) => cards).sort((a, b) => at(a.card) - at(b.card))
  const entries = new Map<string, Entry>()
  for (const { entry } of cards) {
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

function groupCards(cards: readonly Card[]): Group[] {
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

/** Returns the groups that are the main content of the page. */
function chooseGroups(groups: readonly Group[], address: string): Group[] {
  const weight = ({ cards, evidence, isAside }: Group): number => (cards.length * (evidence + 0.5)) / (isAside ? 3 : 1)
  const likely = groups.filter(isLikely)
  const best = likely.toSorted((a, b) => weight(b) - weight(a))[0]
  if (best === undefined) return []
  const beside = new Set(best.cards.map(({ card }) => card.block.parent))
  const isOfBest = ({ cards }: Group): boolean => cards.every(({ card }) => beside.has(card.block.parent))
  const section = findSection(best, address)
  // One bulletin of the main list may look different, for example the first one with a large picture.
  const main = groups.filter(
    (group) =>
      (likely.includes(group) && (!group.isAside || best.isAside) && isInSection(group, section)) ||
      (isOfBest(group) && group.cards.length * 2 <= best.cards.length && !group.isAside === !best.isAside),
  )
  const withEvidence = main.filter(({ evidence }) => evidence >= minEvidence)
  const hasDates = best.cards.filter(({ entry }) => entry.publishedAt !== null).length * 2 > best.cards.length
  if (!hasDates) return main
  // The bulletins of the main list have dates. A title without a date is then a bulletin only if it is inside this
  // list. Outside the list, it belongs to a "most read" box.
  const lists = new Set(withEvidence.flatMap(({ cards }) => cards.map(({ card }) => card.block.parent)))
  return main.filter(
    (group) =>
      group.evidence >= minEvidence || isOfBest(group) || group.cards.every(({ card }) => isInside(card.block, lists)),
  )
}

/**
 * Removes cards that lead to other sites, which are advertisements or links to other offices. Removes nothing if most
 * cards lead to other sites, because the page is then a list of links.
 */
function dropOtherSites(cards: readonly Card[], address: string): Card[] {
  const site = siteOf(address)
  const own = cards.filter(({ url }) => siteOf(url) === site)
  return own.length * 2 >= cards.length ? own : [...cards]
}

/**
 * Returns the last labels of a host, which name its site. For "xa.tinh.gov.vn" and "tinh.gov.vn" the site is the same,
 * and for "so.gov.vn" it is another.
 */
function siteOf(url: string): string {
  const labels = new URL(url).hostname.split('.')
  return labels.slice(/(?:gov|com|org|edu|net)\.\w\w$/.test(labels.slice(-2).join('.')) ? -3 : -2).join('.')
}

/**
 * Returns the first path segment of the page's address if the page is a section: most bulletins of the best group have
 * the same first segment. Other lists on such a page show other sections. Returns null for any other page.
 */
function findSection(best: Group, address: string): string | null {
  const section = firstSegment(address)
  if (section === null) return null
  const inside = best.cards.filter(({ card }) => firstSegment(card.url) === section && isDeeper(card.url, address))
  return inside.length >= best.cards.length * 0.8 ? section : null
}

function isInSection({ cards }: Group, section: string | null): boolean {
  return section === null || cards.filter(({ card }) => firstSegment(card.url) === section).length * 2 > cards.length
}

function firstSegment(url: string): string | null {
  const [segment = ''] = new URL(url).pathname.split('/').filter((part) => part !== '')
  return segment === '' || /\.\w{2,5}$/.test(segment) ? null : segment.toLowerCase()
}

function isDeeper(url: string, address: string): boolean {
  return new URL(url).pathname.split('/').length > new URL(address).pathname.replace(/\/$/, '').split('/').length
}

function isLikely({ cards, evidence, isAside }: Group): boolean {
  const long = cards.filter(({ entry }) => entry.titleWords >= minBareGroup.titleWords)
  if (evidence >= minEvidence) return cards.length > 1 || evidence >= minSingleEvidence
  return !isAside && cards.length >= minBareGroup.cards && long.length * 2 >= cards.length
}

function isInside(block: PageElement, lists: ReadonlySet<PageElement | null>): boolean {
  return closest(block, (around) => lists.has(around), 2) !== null
}
