import type { PageRepair } from '../../text/repair/page-repair'
import { fontOfElement, fontRules, type FontHint, type FontRules, hintOfFont } from '../../text/encoding/legacy-fonts'
import type { RepairedRun, TextRun } from '../../text/repair/repair-runs'
import { isElement } from './elements'

/** Names of inline elements. They do not end a run of text. */
const inlineElements = new Set(
  'a abbr b big cite code del em font i ins mark o:p q s small span strike strong sub sup u'.split(' '),
)
/** Elements whose text is not repaired. Scripts with JSON-LD are an exception, and their text is repaired. */
const skippedElements = new Set(['script', 'style', 'noscript', 'template'])
/** Elements with code or data. In these elements, character references such as `&amp;` are literal text. */
const literalElements = new Set(['script', 'code', 'pre', 'kbd', 'samp'])
const readAttributes = ['alt', 'title', 'content']

/** The text of one node or attribute in a run, and a function that replaces this text in the page. */
interface Piece {
  text: string
  write(text: string): void
}

interface PlacedRun extends TextRun {
  pieces: Piece[]
}

/**
 * Repairs old encodings in the tree of an HTML page, run by run. A run is a sequence of text nodes in one block and one
 * font. Each visible attribute is a separate run. The font of an element comes from its style attribute, a style sheet,
 * its `face` attribute or its parent. Style sheets are only read if the page names a font of an old encoding
 * (`namesFonts`).
 */
export function repairDocumentEncoding(
  document: Document,
  repair: PageRepair,
  { namesFonts = true }: { namesFonts?: boolean } = {},
): void {
  const sheets = namesFonts ? [...document.querySelectorAll('style')].map((sheet) => sheet.textContent ?? '') : []
  const runs = collectRuns([...document.children], fontRules(sheets))
  const repaired = repair.repair(runs)
  for (const [at, run] of runs.entries()) {
    const replacement = repaired[at]
    if (replacement !== null && replacement !== undefined) writeRun(run, replacement)
  }
}

/**
 * Collects the runs below all root elements. A page has more than one root if the server wrote text before `<html>`.
 */
function collectRuns(roots: readonly Element[], rules: FontRules): PlacedRun[] {
  const runs: PlacedRun[] = []
  const attributes: PlacedRun[] = []
  let open: { block: Element; run: PlacedRun } | null = null
  const addText = (node: Node, block: Element, font: FontHint | null, isLiteral: boolean): void => {
    const text = node.textContent ?? ''
    const piece = { text, write: (replacement: string) => (node.textContent = replacement) }
    const isSame =
      open !== null && open.block === block && open.run.isLiteral === isLiteral && isSameHint(open.run.font, font)
    if (open !== null && isSame) {
      open.run.text += text
      open.run.pieces.push(piece)
    } else {
      open = { block, run: { text, font, isLiteral, pieces: [piece] } }
      runs.push(open.run)
    }
  }
  // `htmlLimits.maxDepth` bounds this recursion.
  const visit = (element: Element, block: Element, inherited: FontHint | null, isWithin: boolean): void => {
    const tag = element.localName.toLowerCase()
    if (skippedElements.has(tag) && element.getAttribute('type') !== 'application/ld+json') return
    for (const name of readAttributes) {
      const text = element.getAttribute(name)
      if (text !== null && text.trim() !== '')
        attributes.push({
          text,
          font: null,
          pieces: [{ text, write: (replacement) => element.setAttribute(name, replacement) }],
        })
    }
    const list = fontOfElement(element, rules)
    const font = list === null ? inherited : hintOfFont(list)
    const own = inlineElements.has(tag) ? block : element
    const isLiteral = literalElements.has(tag) || isWithin
    if (own === element || tag === 'br') open = null
    for (const node of element.childNodes) {
      if (isElement(node)) visit(node, own, font, isLiteral)
      // Node type 3 is a text node.
      else if (node.nodeType === 3) addText(node, own, font, isLiteral)
    }
    if (own === element) open = null
  }
  for (const root of roots) visit(root, root, null, false)
  return [...runs, ...attributes]
}

function isSameHint(a: FontHint | null, b: FontHint | null): boolean {
  return a?.encoding === b?.encoding && a?.capitals === b?.capitals
}

/**
 * Writes a repaired run into the page. A repaired letter goes to the piece that held the first byte or character of
 * that letter.
 */
function writeRun({ pieces }: PlacedRun, { text, from }: RepairedRun): void {
  let [end, unit] = [0, 0]
  for (const piece of pieces) {
    end += piece.text.length
    const start = unit
    while (unit < from.length && (from[unit] ?? 0) < end) unit += 1
    const replacement = text.slice(start, unit)
    if (replacement !== piece.text) piece.write(replacement)
  }
}
