import type { RemovalReason } from '../../../shared/removal-reasons'
import { readFoldedText } from '../html/element-text'
import { mediaMark } from '../prepare/embedded-media'
import { measureLinkDensity, type Measure, nonContentElements } from '../html/measure-elements'
import { fold } from '../../text/fold'
import { type ChromeName, readChromeName } from './chrome-names'
import { isFoldedPart } from './folded-parts'

/**
 * Elements that usually stand beside the article. Some pages put the article into such an element: ASP.NET wraps the
 * whole page in a form, and some sites use an aside.
 */
const besideContent = new Set('form nav footer aside header'.split(' '))
const besideRole = /^(?:navigation|banner|complementary|contentinfo|search|dialog|alert)$/i
/** Matches styles that hide text or move it off the page. Some sites hide links for search engines in this way. */
const offPage =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}px|font-size\s*:\s*0(?:px)?\s*(?:;|$)|(?:^|;)\s*height\s*:\s*[01](?:px)?\s*;(?:.*;)?\s*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;(?:.*;)?\s*height\s*:\s*[01](?:px)?\s*(?:;|$)/i
/**
 * Matches classes that hide an element. An element that also has a class such as `md:block` is shown on a wider screen,
 * so it does not count as hidden.
 */
const hiddenClass = /(?:^|\s)(?:hidden|hide|d-none|invisible)(?:\s|$)/i
const shownOnWideScreen = /(?:^|\s)(?:(?:sm|md|lg|xl):(?:block|flex|grid|inline\S*|table\S*)|d-(?:sm|md|lg|xl)-\S+)/i
/** Minimum number of characters outside links in a box that holds prose, even if its paragraphs are short. */
const minText = 80
/** Minimum share of text in links in a box that looks like a list of other pages. */
const minLinkDensity = 0.4
/** Maximum share of the page's text in a box that may be removed because of its place and name. */
const maxShare = 0.5
/**
 * Maximum share of the page's text in comments or a footer that may be removed for their place and name. This share is
 * higher than {@link maxShare}, because comments and footers may be longer than the article.
 */
const maxLongShare = 0.85
/** Minimum characters of prose in a section at the end of a text. */
const minSectionProse = 120
/** Maximum share of the page's text in a box for a line or two, such as a byline. */
const maxSmallShare = 0.15
/** Maximum characters of prose in such a box. */
const maxSmallProse = 300

/** The rules of a pack, and whether a box may be removed because of its class name or id. */
export interface BoilerplateRules {
  /** Selectors of boxes that are removed, whatever the size of the box. */
  drop: readonly string[]
  /** Selectors of boxes that stay, whatever the class name or id of the box. */
  keep: readonly string[]
  /**
   * If true, no box is removed because of its class name or id. The pipeline sets this flag for its second pass over a
   * page, after the first pass found too little text.
   */
  isLenient: boolean
}

/** Facts about a box and its page. */
export interface BoxContext {
  /** What the name of the box says, see `readBoxName`. */
  name: ChromeName | null
  size: Measure
  /** Share of the page's text in the box, from 0 to 1. */
  share: number
  /** Whether the box contains the page's best block, or is that block. */
  isAroundBest: boolean
  /**
   * The place of the box: inside the text, at its edge (above or below all of the text), or outside the element with
   * the text.
   */
  place: 'inside' | 'edge' | 'outside'
  /** Whether the box contains an element that marks an article, or is that element. */
  isArticle: boolean
  /** Whether the box contains an `h1`, or is one. */
  hasTitle: boolean
  /** The ids of elements that a button or a link of the page opens. */
  controls: ReadonlySet<string>
  rules: BoilerplateRules
}

/**
 * Returns the reason to remove a box, or null if the box stays. A box with prose is removed only if two independent
 * signs speak against it: its name, its element or role, its place outside the article, links in most of its text, the
 * controls of a form, a row of alike entries, or a style that hides it. A box without prose is removed for one sign. A
 * removal for the reason `never-content` is not logged.
 */
export function findBoxReason(element: Element, context: BoxContext): RemovalReason | 'never-content' | null {
  const { size, share, isAroundBest, rules } = context
  if (nonContentElements.has(element.localName)) return 'never-content'
  if (size.text === 0 || element.localName === 'body') return null
  const hidden = isHidden(element)
  const isNamed = mayHaveName(element)
  const isBeside = isBesideContent(element)
  if (!hidden && !isNamed && !isBeside) return null
  const name = isNamed && !rules.isLenient ? context.name : null
  if (hidden && share < maxShare && !isAroundBest && !isFoldedPart(element, size.prose > 0, context.controls))
    return 'hidden'
  if (isBeside && share < maxShare && !isAroundBest)
    if ((!hasText(element, size) && !context.isArticle) || countSigns(element, context, name) >= minSigns(context))
      return 'beside'
  return name !== null && isNamedBox(element, name, context) ? 'named-box' : null
}

/** Whether the name of an element is reason enough to remove it. */
function isNamedBox(element: Element, name: ChromeName, context: BoxContext): boolean {
  const { size, share, isAroundBest, isArticle, hasTitle, place } = context
  const isLong = name.kind === 'comments' || name.kind === 'footer'
  if (isAroundBest || share >= (isLong ? maxLongShare : maxShare)) return false
  if (isHeading(element) || isQuotation(element)) return false
  if (name.kind === 'small') {
    if (place === 'inside' && element.querySelector(`[${mediaMark}]`) !== null) return false
    if (hasTitle || share > maxSmallShare) return false
    return !hasText(element, size) || (place !== 'inside' && size.prose < maxSmallProse)
  }
  if (isArticle && !hasText(element, size)) return false
  const signs =
    countSigns(element, context, null) + (place === 'edge' && name.isTechnical && !isSection(element, size) ? 1 : 0)
  return !hasText(element, size) || signs >= (isLong && !hasTitle ? 1 : minSigns(context))
}

/** Whether a box looks like a section of a text: a heading and prose without a link. */
function isSection(element: Element, size: Measure): boolean {
  return size.linked === 0 && size.prose >= minSectionProse && element.querySelector('h2, h3, h4, h5, h6') !== null
}

/**
 * Returns the number of further signs that are needed to remove a box with prose. The first sign is the reason why the
 * box was examined. A box that looks like an article needs more signs.
 */
function minSigns({ isArticle }: BoxContext): number {
  return isArticle ? 2 : 1
}

/**
 * Counts the signs that a box is not a part of the article, except its element. `name` counts as one sign unless it is
 * null.
 */
function countSigns(element: Element, { size, place }: BoxContext, name: ChromeName | null): number {
  let signs = name === null ? 0 : 1
  if (place === 'outside') signs += 1
  if (measureLinkDensity(size) >= minLinkDensity) signs += 1
  if (element.querySelector('input:not([type="hidden"]), textarea, select') !== null) signs += 1
  if (hasAlikeEntries(element)) signs += 1
  return signs
}

/** Whether the user could miss text of a box: prose, several lines outside links, or a table of data. */
function hasText(element: Element, size: Measure): boolean {
  if (size.prose > 0 || size.text - size.linked >= minText) return true
  const rows = element.getElementsByTagName('tr')
  return rows.length > 1 && [...rows].some((row) => row.children.length > 1)
}

/** Whether a box holds at least two entries of the same classes. Each entry has a link or a name above its text. */
function hasAlikeEntries(element: Element): boolean {
  let box = element
  while (box.childElementCount === 1 && box.firstElementChild !== null) box = box.firstElementChild
  for (const list of [box, ...box.children]) {
    const kinds = new Map<string, number>()
    for (const child of list.children) {
      const names = (child.getAttribute('class') ?? '').replace(/\d+/g, '').trim()
      const isEntry =
        child.childElementCount > 0 && (names !== '' || child.localName === 'li' || child.localName === 'article')
      if (
        !isEntry ||
        !(
          child.querySelector('a[href]') !== null ||
          child.querySelector('b, strong, h2, h3, h4, h5, time, img, .author, .name, .fn') !== null
        )
      )
        continue
      const kind = `${child.localName}.${names}`
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    if ([...kinds.values()].some((count) => count >= 2)) return true
  }
  return false
}

function isHidden(element: Element): boolean {
  const style = element.getAttribute('style')
  const classes = element.getAttribute('class')
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    (style !== null && offPage.test(style)) ||
    (classes !== null && hiddenClass.test(classes) && !shownOnWideScreen.test(classes))
  )
}

/** Returns what the class and the id of a box say about its content. Returns null if they say nothing. */
export function readBoxName(element: Element): ChromeName | null {
  return mayHaveName(element) ? readChromeName(element, () => readOwnText(element)) : null
}

/** Whether the element or its role usually stands beside the content. */
export function isBesideContent(element: Element): boolean {
  const role = element.getAttribute('role')
  return besideContent.has(element.localName) || (role !== null && besideRole.test(role))
}

function mayHaveName(element: Element): boolean {
  return element.hasAttribute('class') || element.hasAttribute('id')
}

function isHeading(element: Element): boolean {
  return /^h[1-6]$/.test(element.localName)
}

/** Returns the first words of an element's text, without diacritics, as ids that are made from a heading spell them. */
function readOwnText(element: Element): string {
  return fold(readFoldedText(element).slice(0, 200))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether a box holds mostly a quotation. A quotation from a social network belongs to the text around it. */
function isQuotation(element: Element): boolean {
  const quoted = element.querySelector('blockquote')?.textContent?.trim().length ?? 0
  return quoted > 0 && quoted >= (element.textContent ?? '').trim().length * 0.6
}
