import type { RemovalReason } from '../../../shared/removal-reasons'
import { nonContentElements } from '../html/measure-elements'

/** Elements that stand beside the content; but whole pages stand in a form (ASP.NET), and some in an aside. */
const besideContent = new Set('form nav footer aside header'.split(' '))
const besideRole = /^(?:navigation|banner|complementary|contentinfo|search|dialog|alert)$/i
/** How links that only search engines shall see are moved off the page. */
const offPage =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}px|font-size\s*:\s*0(?:px)?\s*(?:;|$)|(?:^|;)\s*height\s*:\s*[01](?:px)?\s*;(?:.*;)?\s*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;(?:.*;)?\s*height\s*:\s*[01](?:px)?\s*(?:;|$)/i
const createNamePattern = (words: string): RegExp => new RegExp(String.raw`(?:^|[-_ ])(?:${words})(?:[-_ ]|$)`, 'i')
/** Names of boxes that never are a part of the article, however large (SHAPES, drop lists). */
const besideName = createNamePattern(
  'shar(?:e|es|ing|ers?|ebar)|social\\w*|follow(?:-us)?|relate[ds]?|related\\w+|\\w+related|lien-?quan|tin-?(?:khac|moi|cu-?hon|noi-?bat|doc-?nhieu|xem-?nhieu)|bai-?khac|xem-?(?:them|nhieu)|doc-?(?:them|nhieu)|footer|comments?|comment-?(?:list|form|s?-?area|section|count|box)|disqus\\w*|fb-?comments|respond|binh-?luan|phan-?hoi|y-?kien|breadcrumbs?|side-?bar\\w*|advert\\w*|ads?|ad-?(?:slot|unit|wrapper|container|box)|sponsor\\w*|quang-?cao|newsletters?|subscri(?:be|ption)\\w*|sign-?up|promos?|promotion|recommend\\w*|recirc\\w*|most-?(?:read|popular|viewed)|popular|trending|outbrain\\w*|taboola\\w*|read-?(?:next|more)|see-?also|also-?(?:read|like)|more-?(?:stories|news|from|articles|on)|you-?may|rollover\\w*|next-?(?:article|post|story|up|btn)|prev(?:ious)?-?(?:article|post|story|btn)|post-?nav\\w*|about-?(?:the-)?author|author-?(?:bio|box|info|card|profile|desc\\w*)|bio|tags?|tag-?list|tag-?cloud|topics|cookie\\w*|consent|gdpr|paywall|modal|popup|pop-?up|tooltip|sr-only|visually-?hidden|screen-?reader(?:-text)?|skip-?link|off-?screen|print-?only|no-?display|hidden|tindnd',
)
/** Of these, what may be longer than the article. */
export const longName = createNamePattern(
  'comments?|comment\\w*|disqus\\w*|fb-?comments|respond|binh-?luan|y-?kien|footer',
)
/** Names that boxes around an article share with parts of it: they go while they hold little. */
const smallName = createNamePattern(
  'menu|banner|co-?chu|font-?size|text-?size|text-?resize\\w*|pagination|paging|pager|rating|ratings|vote|votes|print|toolbox|toolbars?|tools|utility|utilities|article-?(?:meta|tools|actions)|entry-?(?:meta|tags)|post-?(?:meta|info|tags)|meta|byline\\w*|\\w+byline|dateline|timestamp|view-?count|luot-?xem|count(?:er)?|copyright|disclaimer|audio|podcast|credits?|watch|login|search|widget',
)
/** Shares of the page's text or prose above which a box is no box beside the article. */
const limits = { prose: 0.4, comments: 0.8, small: 0.15, beside: 0.5 }

/** What a page's family knows of its boxes. */
export interface BoilerplateRules {
  /** These go, whatever their size. */
  drop: readonly string[]
  /** These stay, whatever their names. */
  keep: readonly string[]
  /** No box goes for its name alone: a second reading, where the first found too little. */
  isLenient: boolean
}

export interface BoxContext {
  /** Of the page's text and prose. */
  share: number
  proseShare: number
  isAroundBest: boolean
  /** It is the article or holds it, as far as marks go; it holds a title. */
  isArticle: boolean
  hasTitle: boolean
  rules: BoilerplateRules
}

export function findBoxReason(element: Element, standing: BoxContext): RemovalReason | 'never-content' | null {
  const { share, proseShare, isAroundBest, rules } = standing
  if (nonContentElements.has(element.localName)) return 'never-content'
  if (share < limits.beside) {
    if (isHidden(element)) return 'hidden'
    if (isBesideContent(element) && !standing.isArticle) return 'beside'
  }
  if (rules.isLenient) return null
  const called = readNames(element)
  if (called === '') return null
  const isLong = longName.test(called)
  if (isAroundBest && !isLong) return null
  return proseShare < (isLong ? limits.comments : limits.prose) && isNamedBox(element, called, standing)
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

function isBesideContent(element: Element): boolean {
  const role = element.getAttribute('role')
  return besideContent.has(element.localName) || (role !== null && besideRole.test(role))
}

/** Class, id and the like of an element, its words parted. */
export function readNames(element: Element): string {
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
function isNamedBox(element: Element, called: string, { share, isArticle, hasTitle }: BoxContext): boolean {
  const isSmall = share <= limits.small && !hasTitle && smallName.test(called)
  if (!isSmall && (isArticle || !besideName.test(called))) return false
  // A quotation from a social network is a part of the text that quotes it.
  return !isQuotation(element)
}

function isQuotation(element: Element): boolean {
  const quoted = element.querySelector('blockquote')?.textContent?.trim().length ?? 0
  return quoted > 0 && quoted >= (element.textContent ?? '').trim().length * 0.6
}
