import type { RemovalReason } from '../../../shared/removal-reasons'
import { isBlockElement, isElement } from '../html/elements'

/** Numbers of the steps that remove, in {@link ../pipeline.readHtmlPage}. */
export const removalSteps = { boilerplate: 8, body: 10, linkLists: 11, repeated: 14 } as const

/** One line of the removal log: what was left out of a bulletin, by which step of the pipeline, and why. */
export interface Removal {
  /** Number of the step in {@link ../pipeline.readHtmlPage}. */
  step: number
  reason: RemovalReason
  /** The element as a selector would name it: `div.tin-lien-quan`; empty for a line of text. */
  element: string
  /** How its text begins. */
  text: string
  /** Characters of text that went with it, white space folded. */
  length: number
}

/** Takes elements out of a page and writes down what went. */
export interface RemovalLog {
  readonly log: readonly Removal[]
  /** Takes an element out of the page. */
  remove(element: Element, step: number, reason: RemovalReason): void
  /** Notes a line that was left out of the body. */
  note(text: string, step: number, reason: RemovalReason): void
}

const maxTextLength = 120
/** A page of a hundred thousand hidden elements is explained by its first ones. */
const maxRemovals = 2000

/** An empty removal log. */
export function createRemovalLog(): RemovalLog {
  const log: Removal[] = []
  const add = (element: string, received: string, step: number, reason: RemovalReason): void => {
    const text = received.replace(/\s+/gu, ' ').trim()
    // What holds no word loses no word.
    if (text === '' || log.length >= maxRemovals) return
    log.push({ step, reason, element, text: text.slice(0, maxTextLength), length: text.length })
  }
  return {
    log,
    remove(element, step, reason) {
      add(describeElement(element), element.textContent ?? '', step, reason)
      keepLinesSeparate(element)
      element.remove()
    },
    note: (text, step, reason) => add('', text, step, reason),
  }
}

/** Lines of text that only this block parted stay two. */
function keepLinesSeparate(element: Element): void {
  if (!isBlockElement(element) || !isInlineText(element.previousSibling) || !isInlineText(element.nextSibling)) return
  for (let count = 0; count < 2; count++) element.before(element.ownerDocument.createElement('br'))
}

function isInlineText(node: Node | null): boolean {
  if (node === null || (node.textContent ?? '').trim() === '') return false
  return isElement(node) ? !isBlockElement(node) : node.nodeType === 3
}

function describeElement(element: Element): string {
  const id = element.getAttribute('id') ?? ''
  const classes = (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '')
  const names = [...(id === '' ? [] : [`#${id}`]), ...classes.slice(0, 3).map((name) => `.${name}`)]
  return `${element.localName}${names.join('')}`.slice(0, maxTextLength)
}
