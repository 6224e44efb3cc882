import type { Entry } from '../../../shared/source'
import { type Card, findCards } from './cards'
import { readCardEntry, type CardEntry, machineDatesIn } from './card-entry'
import { dateOrderOf } from '../feed-dates'
import { closest, type PageElement, type PageTree, readPageTree } from './page-tree'
import { findPaging, type Paging } from './paging'

/** A parsed page that lists bulletins. */
export interface Listing extends Paging {
  title: string | null
  /** The listed bulletins in the page's order, each address once. */
  entries: Entry[]
  /** Whether the rest of the page was left out because of a limit. */
  isCut: boolean
}

/** Blocks of the same shape. */
interface Group {
  cards: { card: Card; entry: CardEntry }[]
  /** The average evidence of the entries (see {@link CardEntry.evidence}). */
  evidence: number
  isAside: boolean
}

/** Minimum average evidence of a group that shows bulletins. A group with less must meet {@link minBareGroup}. */
const minEvidence = 2
/**
 * A group with less evidence shows bulletins if the group has at least this many blocks and at least half of the titles
 * have at least this many words. Menu entries are shorter.
 */
const minBareGroup = { cards: 3, titleWords: 8 }
/** Minimum evidence of a block that is the only one of its shape. */
const minSingleEvidence = 3

/**
 * Reads the bulletins that a page lists. Uses only the structure of the page. The bulletins are blocks of the same
 * shape. Each block has a link, and most blocks have a date, a summary or a picture. Ignores side columns, unless the
 * main content is in one. A page without such blocks has no entries.
 */
export function readListing(html: string, address: string): Listing {
  return readListingTree(readPageTree(html, address), address)
}

/** Like {@link readListing}, for a parsed page. */
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

/** The groups that are the main content. */
function chooseGroups(groups: readonly Group[], address: string): Group[] {
  const weight = ({ cards, evidence, isAside }: Group): number => (cards.length * (evidence + 0.5)) / (isAside ? 3 : 1)
  const likely = groups.filter(isLikely)
  const best = likely.toSorted((a, b) => weight(b) - weight(a))[0]
  if (best === undefined) return []
  const beside = new Set(best.cards.map(({ card }) => card.block.parent))
  const isOfBest = ({ cards }: Group): boolean => cards.every(({ card }) => beside.has(card.block.parent))
  const section = findSection(best, address)
  // A bulletin of the main list may look different from the others, for example the first one with a large picture.
  const main = groups.filter(
    (group) =>
      (likely.includes(group) && (!group.isAside || best.isAside) && isInSection(group, section)) ||
      (isOfBest(group) && group.cards.length * 2 <= best.cards.length && !group.isAside === !best.isAside),
  )
  const withEvidence = main.filter(({ evidence }) => evidence >= minEvidence)
  const hasDates = best.cards.filter(({ entry }) => entry.publishedAt !== null).length * 2 > best.cards.length
  if (!hasDates) return main
  // If the main list has dates, titles without dates are bulletins only inside that list. Outside that list, titles
  // without dates belong to a "most read" list.
  const lists = new Set(withEvidence.flatMap(({ cards }) => cards.map(({ card }) => card.block.parent)))
  return main.filter(
    (group) =>
      group.evidence >= minEvidence || isOfBest(group) || group.cards.every(({ card }) => isInside(card.block, lists)),
  )
}

/**
 * Removes blocks that lead to other sites, which are advertisements or links to other offices. Nothing is removed if
 * most blocks lead to other sites, because such a page is a list of links.
 */
function dropOtherSites(cards: readonly Card[], address: string): Card[] {
  const site = siteOf(address)
  const own = cards.filter(({ url }) => siteOf(url) === site)
  return own.length * 2 >= cards.length ? own : [...cards]
}

/** The last labels of a host: "xa.tinh.gov.vn" and "tinh.gov.vn" are one site, "tinh.gov.vn" and "so.gov.vn" are not. */
function siteOf(url: string): string {
  const labels = new URL(url).hostname.split('.')
  return labels.slice(/(?:gov|com|org|edu|net)\.\w\w$/.test(labels.slice(-2).join('.')) ? -3 : -2).join('.')
}

/**
 * The first path segment of the page, if it is a section: the best list leads to bulletins with this segment. Other
 * lists of such a page show other sections. Returns null for any other page.
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
