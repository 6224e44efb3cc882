import { isAttachmentBox, isAttachment } from '../fields/attachments'
import { isBlockElement } from '../html/blocks'
import { isCommentsHeading, classifyLine } from '../line-kind'
import { findBestBlock } from '../html/find-best-block'
import { type Measure, measureElements, neverContent, emptyMeasure } from '../html/measure-elements'
import type { PageQuery } from '../html/page-query'
import type { RemovalReason } from '../../../shared/removal-reasons'
import { type RemovalLog, steps } from './removal-log'

/** Elements that stand beside the content; but whole pages stand in a form (ASP.NET), and some in an aside. */
const besideContent = new Set('form nav footer aside header'.split(' '))
const besideRole = /^(?:navigation|banner|complementary|contentinfo|search|dialog|alert)$/i
/** How links that only search engines shall see are moved off the page. */
const offPage =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}px|font-size\s*:\s*0(?:px)?\s*(?:;|$)|(?:^|;)\s*height\s*:\s*[01](?:px)?\s*;(?:.*;)?\s*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;(?:.*;)?\s*height\s*:\s*[01](?:px)?\s*(?:;|$)/i
/** An element with one of these in it is the article, whatever its name. */
const articleMarks = ['h1', 'article', '[itemprop="articleBody"]']
const names = (words: string): RegExp => new RegExp(String.raw`(?:^|[-_ ])(?:${words})(?:[-_ ]|$)`, 'i')
/** Names of boxes that never are a part of the article, however large (SHAPES, drop lists). */
const apartName = names(
  'shar(?:e|es|ing|ers?|ebar)|social\\w*|follow(?:-us)?|relate[ds]?|related\\w+|\\w+related|lien-?quan|tin-?(?:khac|moi|cu-?hon|noi-?bat|doc-?nhieu|xem-?nhieu)|bai-?khac|xem-?(?:them|nhieu)|doc-?(?:them|nhieu)|footer|comments?|comment-?(?:list|form|s?-?area|section|count|box)|disqus\\w*|fb-?comments|respond|binh-?luan|phan-?hoi|y-?kien|breadcrumbs?|side-?bar\\w*|advert\\w*|ads?|ad-?(?:slot|unit|wrapper|container|box)|sponsor\\w*|quang-?cao|newsletters?|subscri(?:be|ption)\\w*|sign-?up|promos?|promotion|recommend\\w*|recirc\\w*|most-?(?:read|popular|viewed)|popular|trending|outbrain\\w*|taboola\\w*|read-?(?:next|more)|see-?also|also-?(?:read|like)|more-?(?:stories|news|from|articles|on)|you-?may|rollover\\w*|next-?(?:article|post|story|up|btn)|prev(?:ious)?-?(?:article|post|story|btn)|post-?nav\\w*|about-?(?:the-)?author|author-?(?:bio|box|info|card|profile|desc\\w*)|bio|tags?|tag-?list|tag-?cloud|topics|cookie\\w*|consent|gdpr|paywall|modal|popup|pop-?up|tooltip|sr-only|visually-?hidden|screen-?reader(?:-text)?|skip-?link|off-?screen|print-?only|no-?display|hidden|tindnd',
)
/** Of these, what may be longer than the article. */
const longName = names('comments?|comment\\w*|disqus\\w*|fb-?comments|respond|binh-?luan|y-?kien|footer')
/** Names that boxes around an article share with parts of it: they go while they hold little. */
const smallName = names(
  'menu|banner|co-?chu|font-?size|text-?size|text-?resize\\w*|pagination|paging|pager|rating|ratings|vote|votes|print|toolbox|toolbars?|tools|utility|utilities|article-?(?:meta|tools|actions)|entry-?(?:meta|tags)|post-?(?:meta|info|tags)|meta|byline\\w*|\\w+byline|dateline|timestamp|view-?count|luot-?xem|count(?:er)?|copyright|disclaimer|audio|podcast|credits?|watch|login|search|widget',
)
/** Shares of the page's text or prose above which a box is no box beside the article. */
const limits = { prose: 0.4, comments: 0.8, small: 0.15, beside: 0.5, line: 200, copy: 0.2 }
const lineBlocks = new Set('p div li ul ol h1 h2 h3 h4 h5 h6 td section span a'.split(' '))

/** What a page's family knows of its boxes. */
export interface BoilerplateRules {
  /** These go, whatever their size. */
  drop: readonly string[]
  /** These stay, whatever their names. */
  keep: readonly string[]
  /** No box goes for its name alone: a second reading, where the first found too little. */
  isLenient: boolean
}

/**
 * Removes what is never content, the portal's controls, and boxes beside the content unless they hold most of the text.
 * Returns how much prose the page's best block had before, but for what its readers wrote; 0 if it is none of the
 * article's.
 */
export function removeBoilerplate(
  body: Element,
  page: PageQuery,
  rules: BoilerplateRules,
  removals: RemovalLog,
): number {
  const kept = new Set(page.all(rules.keep))
  for (const element of page.all(rules.drop)) removals.remove(element, steps.chrome, 'pack-drop')
  const sizes = measureElements(body)
  const best = findBestBlock(body, sizes)
  const whole = sizes.get(body) ?? emptyMeasure
  // Whatever it calls itself: the block with most of the text is no box beside it.
  const around = ancestorsOf([best])
  const articles = ancestorsOf(page.all(articleMarks))
  const titled = ancestorsOf(page.all(['h1']))
  let removed = null as Element | null // narrowed to null otherwise, although the loop sets it
  let ofReaders = 0
  for (const [element, size] of sizes) {
    if (element === body || kept.has(element) || removed?.contains(element) === true) continue
    removed = null
    const share = size.text / Math.max(1, whole.text)
    const proseShare = size.prose / Math.max(1, whole.prose)
    const reason = reasonAgainst(element, {
      share,
      proseShare,
      isAroundBest: around.has(element),
      isArticle: articles.has(element),
      hasTitle: titled.has(element),
      rules,
    })
    if (reason === null || (reason !== 'never-content' && isAttachmentBox(element))) continue
    // Code and controls are no text: they need no line in the log.
    if (reason === 'never-content') element.remove()
    else {
      if (best.contains(element) && longName.test(calledOf(element))) ofReaders += size.prose
      removals.remove(element, steps.chrome, reason)
    }
    removed = element
  }
  const left = measureElements(body)
  for (const copy of copiesIn(left, whole.prose, best)) removals.remove(copy, steps.chrome, 'repeated')
  // Only whole lines: a link named like a control may stand in a sentence.
  for (const [element, size] of left) if (isControl(element, size)) removals.remove(element, steps.chrome, 'control')
  return body.contains(best) ? (sizes.get(best)?.prose ?? 0) - ofReaders : 0
}

/** The article again in another box, for narrow screens or for printing. The one that holds the best block stays. */
function copiesIn(sizes: ReadonlyMap<Element, Measure>, proseOfPage: number, best: Element): Element[] {
  const bySize = new Map<number, Element[]>()
  for (const [element, { prose, text }] of sizes)
    if (prose >= Math.max(limits.line, proseOfPage * limits.copy))
      bySize.set(text, [...(bySize.get(text) ?? []), element])
  const copies: Element[] = []
  for (const elements of bySize.values()) {
    // A box and the one around it hold the same text once; they stand in the page's order, the outer one first.
    const outermost: Element[] = []
    for (const element of elements) if (outermost.at(-1)?.contains(element) !== true) outermost.push(element)
    if (outermost.length < 2) continue
    const kept = outermost.find((element) => element.contains(best) || best.contains(element)) ?? outermost[0]
    const text = textOf(kept)
    copies.push(...outermost.filter((element) => element !== kept && textOf(element) === text))
  }
  return copies
}

function textOf(element: Element | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}

interface Standing {
  /** Of the page's text and prose. */
  share: number
  proseShare: number
  isAroundBest: boolean
  /** It is the article or holds it, as far as marks go; it holds a title. */
  isArticle: boolean
  hasTitle: boolean
  rules: BoilerplateRules
}

function reasonAgainst(element: Element, standing: Standing): RemovalReason | 'never-content' | null {
  const { share, proseShare, isAroundBest, rules } = standing
  if (neverContent.has(element.localName)) return 'never-content'
  if (share < limits.beside) {
    if (isHidden(element)) return 'hidden'
    if (isBeside(element) && !standing.isArticle) return 'beside'
  }
  if (rules.isLenient) return null
  const called = calledOf(element)
  if (called === '') return null
  const isLong = longName.test(called)
  if (isAroundBest && !isLong) return null
  return proseShare < (isLong ? limits.comments : limits.prose) && isBoxApart(element, called, standing)
    ? 'named-box'
    : null
}

function isHidden(element: Element): boolean {
  const style = element.getAttribute('style')
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    (style !== null && offPage.test(style))
  )
}

function isBeside(element: Element): boolean {
  const role = element.getAttribute('role')
  return besideContent.has(element.localName) || (role !== null && besideRole.test(role))
}

/** Class, id and the like of an element, its words parted. */
function calledOf(element: Element): string {
  const called = ['class', 'id']
    .map((name) => element.getAttribute(name))
    .filter((name) => name !== null)
    .join(' ')
  // "has-sidebar", "no-footer" say what is around it or on it, not what it is.
  return called
    .replace(/(?<=^|\s)(?:has|with|without|no(?![-_](?:display|print)))[-_]\S+/gi, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
}

/** Whether an element names itself as one of a portal's boxes around the article. */
function isBoxApart(element: Element, called: string, { share, isArticle, hasTitle }: Standing): boolean {
  const isSmall = share <= limits.small && !hasTitle && smallName.test(called)
  if (!isSmall && (isArticle || !apartName.test(called))) return false
  // A quotation from a social network is a part of the text that quotes it.
  return !isQuotation(element)
}

/** Elements and all around them. */
function ancestorsOf(elements: readonly Element[]): Set<Element> {
  const found = new Set<Element>()
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !found.has(at); at = at.parentElement) found.add(at)
  return found
}

function isQuotation(element: Element): boolean {
  const quoted = element.querySelector('blockquote')?.textContent?.trim().length ?? 0
  return quoted > 0 && quoted >= (element.textContent ?? '').trim().length * 0.6
}

function isControl(element: Element, { text, hasBlocks }: Measure): boolean {
  if (text === 0 || text > limits.line || hasBlocks || !lineBlocks.has(element.localName)) return false
  // "Tải về" may be all that names an attachment.
  if ([...element.querySelectorAll('a[href]'), element].some(isAttachment)) return false
  // Words in a line are no line.
  if ((element.localName === 'span' || element.localName === 'a') && hasTextBeside(element)) return false
  const line = (element.textContent ?? '').replace(/\s+/gu, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(line)) return false
  // What stands below it goes with it (step 11).
  if (isCommentsHeading(line)) return false
  if (isControlLine(line)) return true
  // Buttons stand side by side without a blank between them.
  if (element.childElementCount < 2) return false
  const parted = [...element.childNodes].map((node) => (node.textContent ?? '').trim()).join(' ')
  return isControlLine(parted.replace(/\s+/gu, ' ').trim())
}

function isControlLine(line: string): boolean {
  const { kind } = classifyLine(line)
  return kind === 'chrome' || kind === 'block-title'
}

/** Whether an inline element shares its line: the box around it holds more than it. */
function hasTextBeside(element: Element): boolean {
  let line = element.parentElement
  while (line?.parentElement !== null && line?.parentElement !== undefined && !isBlockElement(line))
    line = line.parentElement
  return (line?.textContent ?? '').trim() !== (element.textContent ?? '').trim()
}
