import { holdsFiles, isAttachment } from './attachments'
import { kindOfLine } from './chrome'
import { bestScored } from './find-body'
import { type Measure, measure } from './measure'
import { type RemovalReason, type Removals, steps } from './removals'

/** Elements that are never content. */
const neverContent =
  'script, xml, style, link, meta, noscript, template, iframe, object, embed, button, input, select, textarea, svg, canvas, audio, video, dialog'
const hidden =
  '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"]'
/** How links that only search engines shall see are moved off the page. */
const offPage =
  /(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}px|font-size\s*:\s*0(?:px)?\s*(?:;|$)|(?:^|;)\s*height\s*:\s*[01](?:px)?\s*;(?:.*;)?\s*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;(?:.*;)?\s*height\s*:\s*[01](?:px)?\s*(?:;|$)/i
/** Elements that stand beside the content; but whole pages stand in a form (ASP.NET), and some in an aside. */
const besideContent =
  'form, nav, footer, aside, header:not(:has(h1)), [role="navigation"], [role="banner"], [role="complementary"], [role="contentinfo"], [role="search"], [role="dialog"], [role="alert"]'
/** An element with one of these in it is the article, whatever its name. */
const articleMark = 'h1, article, [itemprop="articleBody"]'
const names = (words: string): RegExp => new RegExp(String.raw`(?:^|[-_ ])(?:${words})(?:[-_ ]|$)`, 'i')
/** Names of boxes that never are a part of the article, however large (SHAPES, drop lists). */
const apartName = names(
  'shar(?:e|es|ing|ers?|ebar)|social\\w*|follow(?:-us)?|relate[ds]?|related\\w+|\\w+related|lien-?quan|tin-?(?:khac|moi|cu-?hon|noi-?bat|doc-?nhieu|xem-?nhieu)|bai-?khac|xem-?(?:them|nhieu)|doc-?(?:them|nhieu)|footer|footer-\\w+|\\w+-footer|comments?|comment-?(?:list|form|s?-?area|section|count|box)|disqus\\w*|fb-?comments|respond|binh-?luan|phan-?hoi|y-?kien|breadcrumbs?|side-?bar\\w*|advert\\w*|ads?|ad-?(?:slot|unit|wrapper|container|box)|sponsor\\w*|quang-?cao|newsletters?|subscri(?:be|ption)\\w*|signup|sign-?up|promos?|promotion|recommend\\w*|recirc\\w*|most-?(?:read|popular|viewed)|popular|trending|outbrain\\w*|taboola\\w*|read-?(?:next|more)|see-?also|also-?(?:read|like)|more-?(?:stories|news|from|articles|on)|you-?may|rollover\\w*|next-?(?:article|post|story|up|btn)|prev(?:ious)?-?(?:article|post|story|btn)|post-?nav\\w*|about-?(?:the-)?author|author-?(?:bio|box|info|card|profile|desc\\w*)|bio|tags?|tag-?list|tag-?cloud|topics|cookie\\w*|consent|gdpr|paywall|modal|popup|pop-?up|tooltip|sr-only|visually-?hidden|screen-?reader(?:-text)?|skip-?link|off-?screen|print-?only|no-?display|hidden|tindnd',
)
/** Of these, what may be longer than the article. */
const longName = names('comments?|comment\\w*|disqus\\w*|fb-?comments|respond|binh-?luan|y-?kien|footer|footer-\\w+')
/** Names that boxes around an article share with parts of it: they go while they hold little. */
const smallName = names(
  'menu|banner|co-?chu|font-?size|text-?size|text-?resize\\w*|pagination|paging|pager|rating|ratings|vote|votes|print|toolbox|toolbars?|tools|utility|utilities|article-?(?:meta|tools|actions)|entry-?(?:meta|tags)|post-?(?:meta|info|tags)|meta|byline\\w*|\\w+byline|dateline|timestamp|view-?count|luot-?xem|count(?:er)?|copyright|disclaimer|audio|podcast|credits?|watch|login|search|widget',
)
/** Shares of the page's text or prose above which a box is no box beside the article. */
const limits = { prose: 0.4, comments: 0.8, small: 0.15, beside: 0.5, line: 200 }
const lineBlocks = new Set('p div li ul ol h1 h2 h3 h4 h5 h6 td section span a'.split(' '))

/** What a page's family knows of its boxes. */
export interface BoxRules {
  /** These go, whatever their size. */
  drop: readonly string[]
  /** These stay, whatever their names. */
  keep: readonly string[]
  /** No box goes for its name alone: a second reading, where the first found too little. */
  isGentle: boolean
}

/** Removes what is never content, the portal's controls, and boxes beside the content unless they hold most of the text. */
export function removeChrome(body: Element, { drop, keep, isGentle }: BoxRules, removals: Removals): void {
  for (const element of body.querySelectorAll(neverContent)) element.remove()
  const kept = new Set(keep.flatMap((selector) => [...body.querySelectorAll(selector)]))
  for (const selector of drop)
    for (const element of body.querySelectorAll(selector)) removals.remove(element, steps.chrome, 'pack-drop')
  let sizes = measure(body)
  const total = sizes.get(body)
  if (total === undefined) return
  const share = (element: Element): number => (sizes.get(element)?.text ?? 0) / Math.max(1, total.text)
  const proseShare = (element: Element): number => (sizes.get(element)?.prose ?? 0) / Math.max(1, total.prose)
  const remove = (element: Element, reason: RemovalReason): void => {
    if (!holdsFiles(element)) removals.remove(element, steps.chrome, reason)
  }
  for (const element of body.querySelectorAll('[style]'))
    if (offPage.test(element.getAttribute('style') ?? '') && share(element) < limits.beside) remove(element, 'hidden')
  for (const element of body.querySelectorAll(hidden)) if (share(element) < limits.beside) remove(element, 'hidden')
  for (const element of body.querySelectorAll(besideContent))
    if (share(element) < limits.beside && !isArticle(element)) remove(element, 'beside')
  // Whatever it calls itself: the block with most of the text is no box beside it.
  const best = bestScored(body, measure(body))
  for (const element of isGentle ? [] : body.querySelectorAll('[class], [id]')) {
    if (kept.has(element)) continue
    const called = calledOf(element)
    if (element.contains(best) && !longName.test(called)) continue
    const most = longName.test(called) ? limits.comments : limits.prose
    if (proseShare(element) < most && isBoxApart(element, called, share(element))) remove(element, 'named-box')
  }
  sizes = measure(body)
  // Only whole lines: a link named like a control may stand in a sentence.
  for (const [element, size] of sizes) if (isControl(element, size)) remove(element, 'control')
}

/** Class, id and the like of an element, its words parted. */
function calledOf(element: Element): string {
  const called = ['class', 'id', 'data-component'].map((name) => element.getAttribute(name) ?? '').join(' ')
  return called.replace(/([a-z\d])([A-Z])/g, '$1-$2')
}

/** Whether an element names itself as one of a portal's boxes around the article; `share`: of the page's text. */
function isBoxApart(element: Element, called: string, share: number): boolean {
  // A quotation from a social network is a part of the text that quotes it.
  if (isQuotation(element)) return false
  if (share <= limits.small && smallName.test(called)) return element.querySelector('h1') === null
  return apartName.test(called) && element.querySelector(articleMark) === null
}

function isQuotation(element: Element): boolean {
  const quoted = element.querySelector('blockquote')?.textContent?.trim().length ?? 0
  return quoted > 0 && quoted >= (element.textContent ?? '').trim().length * 0.6
}

function isArticle(element: Element): boolean {
  return element.querySelector(articleMark) !== null
}

function isControl(element: Element, { text, hasBlocks }: Measure): boolean {
  if (text === 0 || text > limits.line || hasBlocks || !lineBlocks.has(element.localName)) return false
  // "Tải về" may be all that names an attachment.
  if ([...element.querySelectorAll('a[href]'), element].some(isAttachment)) return false
  // Words in a line are no line.
  if ((element.localName === 'span' || element.localName === 'a') && hasTextBeside(element)) return false
  const line = (element.textContent ?? '').replace(/\s+/gu, ' ').trim()
  const { kind } = kindOfLine(line)
  return kind === 'chrome' || kind === 'block-title'
}

function hasTextBeside(element: Element): boolean {
  return (element.parentElement?.textContent ?? '').trim() !== (element.textContent ?? '').trim()
}
