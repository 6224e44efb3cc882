import { kindOfLine } from './chrome'

/** Elements that are never content. */
const neverContent =
  'script, style, link, meta, noscript, template, iframe, object, embed, form, button, input, select, textarea, nav, footer, aside, svg, canvas, audio, video, dialog, [hidden], [aria-hidden="true"], [role="navigation"], [role="banner"], [role="complementary"], [type="RelatedNewsBox"], [type="RelatedOneNews"]'
/** Names portals give to the boxes around an article (SHAPES, drop lists). */
const boxName =
  /(?:^|[-_ ])(?:share|sharing|social|related|relate|lien-?quan|tin-?khac|comment|binh-?luan|breadcrumbs?|menu|sidebar|footer|banner|advert\w*|ads|quang-?cao|co-?chu|font-?size|pagination|paging|rating|vote|tags?|tindnd|print|toolbox|view-?count)(?:[-_ ]|$)/i
/** Places where families of portals put the body; tried before guessing (SHAPES). */
const knownBodies =
  '[itemprop="articleBody"], [data-role="content"], .fck_detail, #news-bodyhtml, .bodytext, .journal-content-article, .detail-content, #divArticleDescription2, #divArticleContent, #news-detail, .article-body, .article-content, .entry-content, .post-content, .content-detail, .noi-dung, .noidung'

/** Removes what is never content, and boxes named like a portal's own unless they hold most of the text. */
export function removeChrome(body: Element): void {
  for (const element of body.querySelectorAll(neverContent)) element.remove()
  const all = textLength(body)
  for (const element of body.querySelectorAll('[class], [id]')) {
    const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
    if (boxName.test(names.replace(/([a-z])([A-Z])/g, '$1-$2')) && textLength(element) < all * 0.3) element.remove()
  }
  for (const element of body.querySelectorAll('p, div, span, li, a, h2, h3, h4, td'))
    if (element.children.length <= 6 && isChromeText(element.textContent)) element.remove()
}

function isChromeText(text: string | null): boolean {
  const line = (text ?? '').replace(/\s+/gu, ' ').trim()
  const { kind } = kindOfLine(line)
  return line !== '' && (kind === 'chrome' || kind === 'block-title')
}

/** The element that holds the article's body: a known place with enough text, else the best-scored block. */
export function findBody(body: Element): Element {
  const scored = bestScored(body)
  const enough = textLength(scored) * 0.5
  const known = [...body.querySelectorAll(knownBodies)].filter((element) => textLength(element) >= enough)
  return known.sort((a, b) => textLength(b) - textLength(a))[0] ?? scored
}

/** Each paragraph's text counts for its parent, half for its grandparent; links count against it. */
function bestScored(body: Element): Element {
  const scores = new Map<Element, number>()
  const add = (element: Element | null, score: number): void => {
    if (element !== null && body.contains(element)) scores.set(element, (scores.get(element) ?? 0) + score)
  }
  for (const paragraph of body.querySelectorAll('p, td, pre, blockquote, li, div')) {
    const isBlock = paragraph.querySelector('p, div, table, ul, ol, section, article') !== null
    const length = isBlock ? ownTextLength(paragraph) : textLength(paragraph)
    if (length < 25 || linkShare(paragraph) > 0.5) continue
    const score = 1 + Math.min(length / 100, 5)
    // Text right inside a block (lines parted by <br>) is that block's own.
    if (isBlock || paragraph.querySelector('br') !== null) add(paragraph, score)
    add(paragraph.parentElement, score)
    add(paragraph.parentElement?.parentElement ?? null, score / 2)
  }
  const best = [...scores].sort(([a, x], [b, y]) => y * (1 - linkShare(b)) - x * (1 - linkShare(a)))[0]
  return best?.[0] ?? body
}

function ownTextLength(element: Element): number {
  return [...element.childNodes].reduce(
    (sum, node) => sum + (node.nodeType === 3 ? (node.textContent ?? '').trim().length : 0),
    0,
  )
}

function linkShare(element: Element): number {
  const all = textLength(element)
  const linked = [...element.querySelectorAll('a')].reduce((sum, link) => sum + textLength(link), 0)
  return all === 0 ? 0 : Math.min(1, linked / all)
}

/** Length of the visible text of an element, white space folded. */
export function textLength(element: Element): number {
  return (element.textContent ?? '').replace(/\s+/gu, ' ').trim().length
}
