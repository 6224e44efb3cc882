/**
 * What a class name or an id says about a box: comments, a footer, other content beside the article, or a small box
 * that never holds more than a line or two.
 */
type ChromeKind = 'comments' | 'footer' | 'beside' | 'small'

/** What the class and id of an element say about the element. */
export interface ChromeName {
  kind: ChromeKind
  /**
   * Whether a developer wrote the name in English or as a code ("author-bio"). Such a name cannot be the slug of a
   * Vietnamese heading ("y-kien").
   */
  isTechnical: boolean
}

const splitList = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
const commentNames = splitList(
  'comment comments commentlist comment-form commentform disqus fb-comments respond binh-luan y-kien-ban-doc y-kien phan-hoi thao-luan nhan-xet ykien reply',
)
const footerNames = splitList('footer colophon chan-trang foot contentinfo')
const besideNames = splitList(
  `share shares sharing sharer sharers sharebar social socials chia-se follow follow-us relate related relates lien-quan
   lienquan relatedposts tin-khac tin-lien-quan bai-lien-quan tinkhac tin-moi tin-moi-nhat tin-cu-hon tincuhon
   tin-noi-bat noi-bat doc-nhieu xem-nhieu tin-doc-nhieu tin-xem-nhieu bai-khac cac-tin-khac xem-them xemnhieu doc-them
   docnhieu cung-chuyen-muc tin-cung-chuyen-muc breadcrumb breadcrumbs sidebar sidebars advert adverts advertisement
   advertising ad ads adsense adslot adwrapper sponsor sponsors sponsored sponsorship quang-cao quangcao newsletter
   newsletters subscribe subscription subscriptions signup sign-up promo promos promotion promotions recommend
   recommended recommendation recommendations recirc recirculation most-read most-popular most-viewed mostread popular
   popularposts popular-posts trending outbrain taboola read-next readnext read-more readmore see-also also-read
   also-like more-stories more-news more-from more-articles more-on moreon you-may you-may-like rollover next-article
   next-post next-story next-up next-btn prev-article prev-post prev-story previous-article previous-post previous-story
   post-nav postnav post-navigation about-author about-the-author author-bio author-box author-info author-card
   author-profile author-desc author-description bio tag tags tagcloud tag-cloud taglist topics cookie cookies consent
   gdpr paywall modal popup pop-up tooltip sr-only visually-hidden screen-reader screen-reader-text skip-link off-screen
   offscreen print-only no-display tindnd hidden aside recent-posts recentposts latest-posts latestnews latest-news`,
)
const smallNames = splitList(
  `menu banner co-chu font-size fontsize text-size text-resize text-resizer pagination paging pager rating ratings vote
   votes print toolbox toolbar toolbars tools utility utilities article-meta article-tools article-actions entry-meta
   entry-tags post-meta post-info post-tags meta byline dateline timestamp view-count viewcount luot-xem count counter
   copyright disclaimer like likes audio podcast credit credits watch login search`,
)
/** Words that describe the form or the place of a component but not its content. */
const neutralWords = new Set(
  splitList(
    `box boxes block blocks list lists wrap wrapper wrapping container content contents section area zone region widget
     widgets item items news post posts article articles story stories tin bai viet danh sach cac module modules component
     main inner outer title titles heading td col cols column columns row rows grid left right top bottom center middle
     group set single page pages site web entry view views field fields name names type label region pane panel portlet
     part parts text info link links all new first last small large big full mobile desktop default custom video videos
     photo photos gallery slide slider carousel swiper theme global local feed bar button buttons btn icon icons form
     media image images thumb thumbs card cards elementor wpb wp jeg dnn cms amp brxe oxy comp wixui thread container
     inline body ul ol li div span count the and with for by of to from on in your our this more category categories
     footer sidebar side head header panel stack float sticky fixed widget container plugin addthis block holder unit slot
     primary secondary tertiary recent latest publish published updated date dates chi tiet trang thong khung muc chuyen dau cuoi cot trai phai`,
  ),
)
const vietnamese =
  /^(?:binh-luan|y-kien|phan-hoi|thao-luan|nhan-xet|ykien|lien-quan|lienquan|tin-|bai-|cac-|noi-bat|doc-|xem-|quang-cao|quangcao|cung-|chia-se|chan-trang|co-chu|luot-xem|hidden$)/
const phrases = new Map<string, ChromeName>()
for (const [names, kind] of [
  [smallNames, 'small'],
  [besideNames, 'beside'],
  [footerNames, 'footer'],
  [commentNames, 'comments'],
] as const)
  for (const name of names) {
    const found = { kind, isTechnical: !vietnamese.test(name) }
    phrases.set(name, found)
    phrases.set(name.replaceAll('-', ''), found)
  }
/** Words that sites write together with another word, without a hyphen ("relatednews", "newsfooter"). */
const gluedWords = 'related relate sidebar comments comment footer social disqus recirc advert byline'.split(' ')
const maxWords = 7
const maxPhraseWords = 4
const maxTokenLength = 60
const maxCached = 20_000
const rank: Record<ChromeKind, number> = { small: 1, beside: 2, footer: 3, comments: 4 }

/**
 * Returns what the class and the id of an element say about its content, or null if they say nothing. A class or id
 * counts only if each of its words names such a component or describes its form. "tin-lien-quan" and
 * "td_block_related_posts" count. "quy-dinh-lien-quan-den-dat-dai" does not count, because it has other words.
 * `ownText` returns the beginning of the element's text: a name that was made from this text does not count.
 */
export function readChromeName(element: Element, ownText: () => string): ChromeName | null {
  let found: ChromeName | null = null
  for (const { token, name } of readNames(`${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`))
    if (isStronger(name, found) && !isMadeFromText(token, ownText)) found = name
  return found
}

type NamedToken = { token: string; name: ChromeName }
const namesOfClasses = new Map<string, readonly NamedToken[]>()

/**
 * Returns the classes and ids of an element that name a component. The results are cached, because pages repeat the
 * same classes.
 */
function readNames(received: string): readonly NamedToken[] {
  const cached = namesOfClasses.get(received)
  if (cached !== undefined) return cached
  if (namesOfClasses.size > maxCached) namesOfClasses.clear()
  const found = readTokens(received).flatMap((token) => {
    const name = readToken(token)
    return name === null ? [] : [{ token, name }]
  })
  namesOfClasses.set(received, found)
  return found
}

function isStronger(name: ChromeName, other: ChromeName | null): boolean {
  return other === null || rank[name.kind] > rank[other.kind]
}

/** Returns the classes and the id of an element, each in lower case with hyphens between the words. */
function readTokens(received: string): string[] {
  return (
    received
      .split(/\s+/)
      .filter((token) => token !== '' && token.length <= maxTokenLength)
      .map((token) =>
        token
          .replace(/--[\w-]*$/, '')
          .replace(/([a-z\d])([A-Z])/g, '$1-$2')
          .toLowerCase()
          .replace(/[_:.]+/g, '-')
          .replace(/(?<=[a-z])\d+(?=-|$)/g, '')
          .replace(/^-+|-+$/g, ''),
      )
      // The classes "has-sidebar" and "no-footer" describe what is around a box, not the box.
      .filter((token) => !/^(?:has|with|without|is|no(?!-(?:display|print)))-/.test(token))
  )
}

const known = new Map<string, ChromeName | null>()

/**
 * Returns what one class or id says about the content of a box. The results are cached, because pages repeat the same
 * names.
 */
function readToken(token: string): ChromeName | null {
  const cached = known.get(token)
  if (cached !== undefined) return cached
  if (known.size > maxCached) known.clear()
  const found = parseToken(token)
  known.set(token, found)
  return found
}

function parseToken(token: string): ChromeName | null {
  const words = token.split('-').filter((word) => word !== '')
  if (words.length === 0 || words.length > maxWords) return null
  let found: ChromeName | null = null
  for (let at = 0; at < words.length;) {
    const { name, length } = readPhrase(words, at)
    // The first word of a name may be a theme or a plugin ("wccf_related_post").
    if (length === 0 && (at > 0 || words.length < 2)) return null
    if (name !== null && isStronger(name, found)) found = name
    at += Math.max(1, length)
  }
  return found
}

/**
 * Reads the phrase that begins at a word of a name. `length` is the number of words in the phrase. It is 0 if the word
 * neither names a component nor is neutral.
 */
function readPhrase(words: readonly string[], at: number): { name: ChromeName | null; length: number } {
  for (let length = Math.min(maxPhraseWords, words.length - at); length > 0; length--) {
    const name = phrases.get(words.slice(at, at + length).join('-'))
    if (name !== undefined) return { name, length }
  }
  const word = words[at] ?? ''
  const glued = gluedWords.find((part) => {
    const at = word.indexOf(part)
    return at >= 0 && isNeutral(word.slice(0, at)) && isNeutral(word.slice(at + part.length))
  })
  const name = glued === undefined ? undefined : phrases.get(glued)
  if (name !== undefined) return { name, length: 1 }
  return { name: null, length: isNeutral(word) ? 1 : 0 }
}

/**
 * Whether a word of a name says nothing about the content. Words of one or two letters are prefixes of a theme ("td",
 * "et").
 */
function isNeutral(word: string): boolean {
  return word.length <= 2 || /^\d+$/.test(word) || neutralWords.has(word)
}

/** Whether a name repeats the first words of the element's own text, as the ids of headings do. */
function isMadeFromText(token: string, ownText: () => string): boolean {
  const words = token.split('-').filter((word) => word !== '' && !/^\d+$/.test(word))
  if (words.length < 2) return false
  return ownText().startsWith(words.join(' '))
}
