import { kindOfLine } from './chrome'

/** Elements that are never content. */
const neverContent =
  'script, style, link, meta, noscript, template, iframe, object, embed, button, input, select, textarea, svg, canvas, audio, video, dialog, [hidden], [aria-hidden="true"], [type="RelatedNewsBox"], [type="RelatedOneNews"]'
/** Elements that stand beside the content; but whole pages stand in a form (ASP.NET), and some in an aside. */
const besideContent =
  'form, nav, footer, aside, header:not(:has(h1)), [role="navigation"], [role="banner"], [role="complementary"], [role="contentinfo"]'
/** Names portals give to the boxes around an article (SHAPES, drop lists). */
const boxName =
  /(?:^|[-_ ])(?:share|sharing|social|related|relate|lien-?quan|tin-?khac|comments?|binh-?luan|breadcrumbs?|menu|sidebar|footer|banner|advert\w*|ads|quang-?cao|co-?chu|font-?size|pagination|paging|rating|vote|tags?|tindnd|print|toolbox|view-?count)(?:[-_ ]|$)/i
/** Places where families of portals put the body; tried before guessing (SHAPES). */
const knownBodies =
  '[itemprop="articleBody"], [data-role="content"], .fck_detail, #news-bodyhtml, .bodytext, .journal-content-article, .detail-content, #divArticleDescription2, #divArticleContent, #news-detail, .article-body, .article-content, .entry-content, .post-content, .content-detail, .noi-dung, .noidung'
const textBlocks = new Set('p td pre blockquote li div'.split(' '))
const innerBlocks = new Set('p div table ul ol section article'.split(' '))
const lineBlocks = 'p, div, li, ul, h1, h2, h3, h4, h5, h6, td, section'

/** How much text an element holds, white space apart. */
interface Measure {
  text: number
  /** Of it in links. */
  linked: number
  /** Of it directly in the element, in no child. */
  own: number
  hasBlocks: boolean
  hasBreaks: boolean
}
const nothing: Measure = { text: 0, linked: 0, own: 0, hasBlocks: false, hasBreaks: false }

/** Removes what is never content, the portal's controls, and boxes beside the content unless they hold most of the text. */
export function removeChrome(body: Element): void {
  for (const element of body.querySelectorAll(neverContent)) element.remove()
  const sizes = measure(body)
  const share = (element: Element): number => (sizes.get(element)?.text ?? 0) / Math.max(1, sizes.get(body)?.text ?? 0)
  for (const element of body.querySelectorAll(besideContent)) if (share(element) < 0.5) element.remove()
  for (const element of body.querySelectorAll('[class], [id]')) {
    const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
    if (boxName.test(names.replace(/([a-z])([A-Z])/g, '$1-$2')) && share(element) < 0.3) element.remove()
  }
  // Only whole lines: a link named like a control may stand in a sentence.
  for (const element of body.querySelectorAll(lineBlocks))
    if ((sizes.get(element)?.text ?? 0) <= 200 && isChromeText(element.textContent ?? '')) element.remove()
}

function isChromeText(text: string): boolean {
  const line = text.replace(/\s+/gu, ' ').trim()
  const { kind } = kindOfLine(line)
  return line !== '' && (kind === 'chrome' || kind === 'block-title')
}

/** The element that holds the article's body: a known place with enough text, else the best-scored block. */
export function findBody(body: Element): Element {
  const sizes = measure(body)
  const length = (element: Element): number => sizes.get(element)?.text ?? 0
  const scored = bestScored(body, sizes)
  const known = [...body.querySelectorAll(knownBodies)].filter((element) => length(element) >= length(scored) * 0.5)
  return known.sort((a, b) => length(b) - length(a))[0] ?? scored
}

/** Each paragraph's text counts for its parent, half for its grandparent; links count against it. */
function bestScored(body: Element, sizes: ReadonlyMap<Element, Measure>): Element {
  const scores = new Map<Element, number>()
  const add = (element: Element | null, score: number): void => {
    if (element !== null && sizes.has(element)) scores.set(element, (scores.get(element) ?? 0) + score)
  }
  for (const [element, size] of sizes) {
    const length = size.hasBlocks ? size.own : size.text
    if (!textBlocks.has(element.localName) || length < 25 || linkShare(size) > 0.5) continue
    const score = 1 + Math.min(length / 100, 5)
    // Text right inside a block (lines parted by <br>) is that block's own.
    if (size.hasBlocks || size.hasBreaks) add(element, score)
    add(element.parentElement, score)
    add(element.parentElement?.parentElement ?? null, score / 2)
  }
  let [best, highest] = [body, 0]
  for (const [element, score] of scores) {
    const weighed = score * (1 - linkShare(sizes.get(element) ?? nothing))
    if (weighed > highest) [best, highest] = [element, weighed]
  }
  return best
}

function linkShare({ text, linked }: Measure): number {
  return text === 0 ? 0 : linked / text
}

/** Measures every element once, children before parents; the tree is no deeper than the limits allow. */
function measure(root: Element): Map<Element, Measure> {
  const sizes = new Map<Element, Measure>()
  const visit = (element: Element): Measure => {
    const size = { ...nothing }
    sizes.set(element, size)
    for (const node of element.childNodes) {
      if (node.nodeType === 3) size.own += lengthOf(node.textContent ?? '')
      // Node type 1 is an element (DOM).
      if (node.nodeType !== 1) continue
      const child = node as Element
      const inner = visit(child)
      size.text += inner.text
      size.linked += child.localName === 'a' ? inner.text : inner.linked
      size.hasBlocks ||= inner.hasBlocks || innerBlocks.has(child.localName)
      size.hasBreaks ||= inner.hasBreaks || child.localName === 'br'
    }
    size.text += size.own
    return size
  }
  visit(root)
  return sizes
}

function lengthOf(text: string): number {
  return text.replace(/\s+/gu, ' ').trim().length
}
