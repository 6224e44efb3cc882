import type { RemovalReason } from '../../../shared/removal-reasons'
import { isBlockElement, isElement } from '../html/elements'

/**
 * Numbers of the steps that remove something (see {@link ../pipeline.readHtmlPage}). The command line prints these
 * numbers.
 */
export const removalSteps = { boilerplate: 8, body: 10, linkLists: 11, repeated: 14 } as const

/** One entry of the removal log. It describes a removed piece of the page, the step that removed it and the reason. */
export interface Removal {
  /** Number of the step (see {@link ../pipeline.readHtmlPage}). */
  step: number
  reason: RemovalReason
  /** A selector for the removed element, such as `div.tin-lien-quan`. Empty if a line of text was removed. */
  element: string
  /** Beginning of the removed text. */
  text: string
  /** Length of the removed text. A run of white space counts as one character. */
  length: number
}

/** Removes elements from a page and records what was removed. */
export interface RemovalLog {
  readonly log: readonly Removal[]
  /** Removes an element from the page and records it. */
  remove(element: Element, step: number, reason: RemovalReason): void
  /** Records a line that was left out of the body. */
  note(text: string, step: number, reason: RemovalReason): void
}

const maxTextLength = 120
/** Maximum number of entries, because a page may have a hundred thousand hidden elements. */
const maxRemovals = 2000

/** Creates an empty removal log. */
export function createRemovalLog(): RemovalLog {
  const log: Removal[] = []
  const add = (element: string, received: string, step: number, reason: RemovalReason): void => {
    const text = received.replace(/\s+/gu, ' ').trim()
    // An element without text is not recorded.
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

/** Adds line breaks if the removed block was the only separator between the text before it and the text after it. */
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
