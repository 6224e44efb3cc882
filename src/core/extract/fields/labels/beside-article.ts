import { readFoldedText } from '../../html/element-text'
import { isCommentsHeading, isRelatedHeading } from '../../line-kind'

/**
 * Matches class names and ids of boxes beside an article. Only a whole name matches, not a word inside a longer name.
 */
const besideName =
  /^(?:(?:list-?|post-?|article-?|box-?|block-?|wrap-?)?comments?(?:[-_]?(?:list|area|box|item|form|section|body|wrap\w*))?|comment-\d+|disqus\w*|respond|binh-?luan(?:-\w+)?|box-?binh-?luan|y-?kien(?:-\w+)?|phan-?hoi|related(?:[-_]\w+)*|\w+[-_]related|(?:tin|bai)-?(?:lien-?quan|khac|moi|cung-?\w+)|lien-?quan|(?:doc|xem)-?nhieu|most-?(?:read|viewed|popular)|popular(?:-\w+)?|trending|side-?bar(?:[-_]\w+)?|(?:left|right)-?(?:side|col\w*|bar)|widget(?:-\w+)?|footer(?:-\w+)?|copyright|top-?(?:bar|header|nav|menu)|header(?:-(?:top|bar|main|wrap\w*))?|site-header|nav(?:bar)?|menu|other-?(?:news|posts?|articles?))$/i
/** Matches names of elements that show the current date. */
const clockName =
  /^(?:(?:date|time|ngay|gio)-?(?:today|now|current|hien-?tai)|(?:today|current|now)-?(?:date|time)?|clock\w*|digital-?clock|dong-?ho|hom-?nay|datetime-?now)$/i
const besideElements = new Set(['aside', 'nav', 'footer', 'header'])
/**
 * Limits of a card (a box that announces another article): the minimum number of characters in its linked title, the
 * maximum number of characters in its text, and the maximum number of boxes around an element that are checked.
 */
const card = { minLink: 20, maxText: 700, levels: 5 }

/**
 * Whether an element is in a part of the page beside the article: in comments, in a side column, in the page header, or
 * in the card of another article. `title` is the element with the title, or null if it is not known. A box that also
 * contains the title is a part of the article.
 */
export function isBesideArticle(element: Element, title: Element | null): boolean {
  let level = 0
  for (let box: Element | null = element; box !== null && box.localName !== 'body'; box = box.parentElement, level++) {
    if (title !== null && box.contains(title)) return false
    if (besideElements.has(box.localName) || hasName(box, besideName)) return true
    if (level === 0 && hasName(box, clockName)) return true
    if (level > 0 && level <= card.levels && isCard(box)) return true
    if (isBelowOtherHeading(box)) return true
  }
  return false
}

/** Whether an element is in the card of another article. A box that also contains `part` or an `h1` is not a card. */
export function isInCard(element: Element, part: Element | null): boolean {
  let box = element.parentElement
  for (let level = 1; box !== null && level <= card.levels; box = box.parentElement, level++) {
    if (box.localName === 'body' || (part !== null && box.contains(part)) || box.querySelector('h1') !== null) break
    if (isCard(box)) return true
  }
  return false
}

function hasName(element: Element, pattern: RegExp): boolean {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
  return names
    .split(/\s+/)
    .some((name) => name !== '' && pattern.test(name.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/_+/g, '-')))
}

/** Whether a box announces another article: its title is a link, and the boxes beside it look alike. */
function isCard(box: Element): boolean {
  const text = readFoldedText(box)
  if (text.length > card.maxText) return false
  const hasTitleLink = [...box.querySelectorAll('a[href]')].some((link) => readFoldedText(link).length >= card.minLink)
  if (!hasTitleLink) return false
  const isAlike = (other: Element | null): boolean =>
    other !== null && other.localName === box.localName && other.getAttribute('class') === box.getAttribute('class')
  return isAlike(box.previousElementSibling) || isAlike(box.nextElementSibling)
}

/** Whether a box begins with the heading of comments or of other articles, or follows such a heading. */
function isBelowOtherHeading(box: Element): boolean {
  const isOther = (element: Element | null): boolean => {
    const text = element === null ? '' : readFoldedText(element)
    return text.length > 0 && text.length <= 60 && (isCommentsHeading(text) || isRelatedHeading(text))
  }
  let before = box.previousElementSibling
  for (let count = 0; before !== null && count < 30; count++, before = before.previousElementSibling)
    if (isOther(before)) return true
  return isOther(box.firstElementChild)
}
