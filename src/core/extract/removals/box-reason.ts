import type { RemovalReason } from '../../../shared/removal-reasons'
import { nonContentElements } from '../html/measure-elements'

/**
 * Elements that are usually beside the content. On some pages they contain the article: ASP.NET wraps the whole page in
 * a form, and some sites put the article in an aside.
 */
const besideContent = new Set('form nav footer aside header'.split(' '))
const besideRole = /^(?:navigation|banner|complementary|contentinfo|search|dialog|alert)$/i
/** Styles that hide text or move it off the page. Some sites hide links for search engines in this way. */
const offPage =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}px|font-size\s*:\s*0(?:px)?\s*(?:;|$)|(?:^|;)\s*height\s*:\s*[01](?:px)?\s*;(?:.*;)?\s*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;(?:.*;)?\s*height\s*:\s*[01](?:px)?\s*(?:;|$)/i
const createNamePattern = (words: string): RegExp => new RegExp(String.raw`(?:^|[-_ ])(?:${words})(?:[-_ ]|$)`, 'i')
/** Class names and ids of boxes beside the article. */
const besideName = createNamePattern(
  'shar(?:e|es|ing|ers?|ebar)|social\\w*|follow(?:-us)?|relate[ds]?|related\\w+|\\w+related|lien-?quan|tin-?(?:khac|moi|cu-?hon|noi-?bat|doc-?nhieu|xem-?nhieu)|bai-?khac|xem-?(?:them|nhieu)|doc-?(?:them|nhieu)|footer|comments?|comment-?(?:list|form|s?-?area|section|count|box)|disqus\\w*|fb-?comments|respond|binh-?luan|phan-?hoi|y-?kien|breadcrumbs?|side-?bar\\w*|advert\\w*|ads?|ad-?(?:slot|unit|wrapper|container|box)|sponsor\\w*|quang-?cao|newsletters?|subscri(?:be|ption)\\w*|sign-?up|promos?|promotion|recommend\\w*|recirc\\w*|most-?(?:read|popular|viewed)|popular|trending|outbrain\\w*|taboola\\w*|read-?(?:next|more)|see-?also|also-?(?:read|like)|more-?(?:stories|news|from|articles|on)|you-?may|rollover\\w*|next-?(?:article|post|story|up|btn)|prev(?:ious)?-?(?:article|post|story|btn)|post-?nav\\w*|about-?(?:the-)?author|author-?(?:bio|box|info|card|profile|desc\\w*)|bio|tags?|tag-?list|tag-?cloud|topics|cookie\\w*|consent|gdpr|paywall|modal|popup|pop-?up|tooltip|sr-only|visually-?hidden|screen-?reader(?:-text)?|skip-?link|off-?screen|print-?only|no-?display|hidden|tindnd',
)
/** Class names and ids of boxes beside the article that may be longer than the article. */
export const longName = createNamePattern(
  'comments?|comment\\w*|disqus\\w*|fb-?comments|respond|binh-?luan|y-?kien|footer',
)
/**
 * Class names and ids that pages also give to boxes around an article. A box with such a name is removed only if it
 * contains little text.
 */
const smallName = createNamePattern(
  'menu|banner|co-?chu|font-?size|text-?size|text-?resize\\w*|pagination|paging|pager|rating|ratings|vote|votes|print|toolbox|toolbars?|tools|utility|utilities|article-?(?:meta|tools|actions)|entry-?(?:meta|tags)|post-?(?:meta|info|tags)|meta|byline\\w*|\\w+byline|dateline|timestamp|view-?count|luot-?xem|count(?:er)?|copyright|disclaimer|audio|podcast|credits?|watch|login|search|widget',
)
/**
 * Maximum shares of the text or prose of a page. A box with a larger share is not removed. `prose` and `comments` limit
 * the prose of a named box. `small` limits the text of a box that matches `smallName`. `beside` limits the text of a
 * hidden box and of elements such as `aside`.
 */
const limits = { prose: 0.4, comments: 0.8, small: 0.15, beside: 0.5 }

/** The rules of a pack, and whether a box may be removed because of its class name or id. */
export interface BoilerplateRules {
  /** Selectors of boxes that are removed, whatever the size of the box. */
  drop: readonly string[]
  /** Selectors of boxes that stay, whatever the class name or id of the box. */
  keep: readonly string[]
  /**
   * If true, no box is removed because of its class name or id. This is true in the second reading of a page, which
   * happens if the first reading found too little text.
   */
  isLenient: boolean
}

/** Facts about a box and its page. */
export interface BoxContext {
  /** Share of the page's text in the box, from 0 to 1. */
  share: number
  /** Share of the page's prose in the box, from 0 to 1. */
  proseShare: number
  /** Whether the box contains the page's best block, or is that block. */
  isAroundBest: boolean
  /** Whether the box contains an element that marks an article, or is that element. */
  isArticle: boolean
  /** Whether the box contains an `h1`, or is one. */
  hasTitle: boolean
  rules: BoilerplateRules
}

/**
 * Returns the reason to remove a box, or null if the box stays. A removal for the reason `never-content` is not logged.
 */
export function findBoxReason(element: Element, context: BoxContext): RemovalReason | 'never-content' | null {
  const { share, proseShare, isAroundBest, rules } = context
  if (nonContentElements.has(element.localName)) return 'never-content'
  if (share < limits.beside) {
    if (isHidden(element)) return 'hidden'
    if (isBesideContent(element) && !context.isArticle) return 'beside'
  }
  if (rules.isLenient) return null
  const names = readNames(element)
  if (names === '') return null
  const isLong = longName.test(names)
  if (isAroundBest && !isLong) return null
  return proseShare < (isLong ? limits.comments : limits.prose) && isNamedBox(element, names, context)
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

/** Returns class and id of an element as one text. Names in camel case are split with hyphens. */
export function readNames(element: Element): string {
  const names = ['class', 'id']
    .map((name) => element.getAttribute(name))
    .filter((name) => name !== null)
    .join(' ')
  // A name such as "has-sidebar" or "no-footer" describes the surroundings of a box, not the box.
  return names
    .replace(/(?<=^|\s)(?:has|with|without|no(?![-_](?:display|print)))[-_]\S+/gi, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
}

/** Whether the name of an element says that it is a box beside the article. */
function isNamedBox(element: Element, names: string, { share, isArticle, hasTitle }: BoxContext): boolean {
  const isSmall = share <= limits.small && !hasTitle && smallName.test(names)
  if (!isSmall && (isArticle || !besideName.test(names))) return false
  // A quotation from a social network belongs to the text around it.
  return !isQuotation(element)
}

function isQuotation(element: Element): boolean {
  const quoted = element.querySelector('blockquote')?.textContent?.trim().length ?? 0
  return quoted > 0 && quoted >= (element.textContent ?? '').trim().length * 0.6
}
