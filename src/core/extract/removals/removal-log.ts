import type { RemovalReason } from '../../../shared/removal-reasons'
import { countLetters, countNodeLetters, countProseLetters } from './count-letters'
import { readText } from '../html/element-text'
import { isBlockElement, isElement } from '../html/elements'

/**
 * Numbers of the pipeline steps that remove something (see {@link ../pipeline.readHtmlPage}). The command line prints
 * these numbers beside each removed piece.
 */
export const removalSteps = { boilerplate: 8, body: 10, linkLists: 11, repeated: 14 } as const

/** One entry of the removal log. It describes a removed piece of the page, the step that removed it and the reason. */
export interface Removal {
  /** Number of the pipeline step (see {@link ../pipeline.readHtmlPage}). */
  step: number
  reason: RemovalReason
  /** A selector for the removed element, such as `div.tin-lien-quan`. Empty if a line of text was removed. */
  element: string
  /** Beginning of the removed text. */
  text: string
  /** Number of characters in the removed text. A run of white space counts as one character. */
  length: number
  /**
   * Number of characters of prose that the user could miss, without white space. The number is 0 for headers, footers,
   * navigation, the imprint, hidden text and repetitions.
   */
  prose: number
}

/** A reason and a step of the removal log. */
type Cause = [step: number, reason: RemovalReason]
/** The number of characters of a removed piece, and the number of characters of its prose that the user could miss. */
type Amount = [letters: number, prose: number]

/** Removes elements from a page and records what was removed. */
export interface RemovalLog {
  readonly log: readonly Removal[]
  /** Removes an element from the page and records it. */
  remove(element: Element, step: number, reason: RemovalReason): void
  /**
   * Records a line that was left out of the body. `letters` is the number of characters of the line, without white
   * space.
   */
  note(text: string, step: number, reason: RemovalReason, letters?: number): void
  /** Records a node that stays on the page but is not a part of the body. */
  noteNode(node: Node, step: number, reason: RemovalReason): void
  /**
   * Returns the number of removed characters, without white space. The number includes pieces for which the log has no
   * room.
   */
  countLetters(): number
}

const maxTextLength = 120
/** Minimum number of characters in text that stands directly in a box and counts as prose. */
const minLooseProse = 60
/** Maximum number of entries in the log. A page may have a hundred thousand hidden elements. */
const maxRemovals = 2000

/** Creates an empty removal log. */
export function createRemovalLog(): RemovalLog {
  const log: Removal[] = []
  let sum = 0
  const add = (element: string, received: string, [letters, prose]: Amount, [step, reason]: Cause): void => {
    sum += letters
    const text = received.replace(/\s+/gu, ' ').trim()
    // An element without text is removed but not recorded.
    if (text === '' || log.length >= maxRemovals) return
    log.push({ step, reason, element, text: text.slice(0, maxTextLength), length: text.length, prose })
  }
  const addNode = (node: Node, cause: Cause): void => {
    const prose = countMissedProse(node, cause)
    // If a removed part has prose, the words of neighbouring blocks are separated, because the user may read the
    // beginning of the part.
    const text = prose > 0 ? readText([node]) : (node.textContent ?? '')
    add(isElement(node) ? describeElement(node) : '', text, [countNodeLetters(node), prose], cause)
  }
  return {
    log,
    remove(element, step, reason) {
      // An element inside a removed box needs no entry of its own, because the entry of the box covers it.
      if (!element.isConnected) return
      addNode(element, [step, reason])
      keepLinesSeparate(element)
      element.remove()
    },
    note: (text, step, reason, letters = countLetters(text)) => add('', text, [letters, 0], [step, reason]),
    noteNode: (node, step, reason) => addNode(node, [step, reason]),
    countLetters: () => sum,
  }
}

const aroundPage = 'header, footer, nav, [role="banner"], [role="contentinfo"], [role="navigation"]'
const unmissed = new Set<RemovalReason>(['hidden', 'control', 'repeated'])

/** Returns the number of characters of prose in a removed node that the user could miss. See {@link Removal.prose}. */
function countMissedProse(node: Node, [, reason]: Cause): number {
  if (unmissed.has(reason)) return 0
  if (!isElement(node))
    return countLetters(node.textContent ?? '') >= minLooseProse ? countLetters(node.textContent ?? '') : 0
  return node.closest(aroundPage) === null ? countProseLetters(node) : 0
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
