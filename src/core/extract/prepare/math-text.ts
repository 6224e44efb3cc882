import { isElement } from '../html/elements'

const skipped = new Set(['annotation', 'annotation-xml', 'mphantom', 'none'])
const spaced = /^[=<>≤≥≠≈±×·÷+−→⇒∈∪∩-]$/u

/**
 * Replaces each formula with its text on one line ("a/b", "x^2", "√(x)"), because the HTML of a body has no elements
 * for formulas. Also removes the TeX code and the picture that old browsers show in the place of the formula. Pages
 * hide either the formula or the picture, so the caller must call this function before it removes hidden elements.
 */
export function writeFormulas(body: Element): void {
  for (const formula of body.getElementsByTagName('math')) {
    if (formula.parentElement?.closest('math') != null) continue
    const text = readFormula(formula).replace(/\s+/gu, ' ').trim()
    if (text === '') continue
    const box = findFormulaBox(formula)
    const span = formula.ownerDocument.createElement('span')
    span.textContent = text
    box.replaceWith(span)
  }
}

/** Finds the box that holds only the formula and its picture or its hidden copy. */
function findFormulaBox(formula: Element): Element {
  let box: Element = formula
  while (box.parentElement !== null && /^(?:span|a)$/.test(box.parentElement.localName)) {
    const { parentElement: around } = box
    const inner = (box.textContent ?? '').trim().length
    const isOnlyFormula =
      (around.textContent ?? '').trim().length === inner ||
      /\b(?:math|katex|mjx|MathJax)/i.test(around.getAttribute('class') ?? '')
    if (!isOnlyFormula) break
    box = around
  }
  return box
}

function readFormula(node: Node): string {
  if (!isElement(node)) return node.nodeType === 3 ? (node.textContent ?? '').trim() : ''
  if (skipped.has(node.localName)) return ''
  const parts = [...node.childNodes].map(readFormula).filter((part) => part !== '')
  const [first = '', second = '', third = ''] = parts
  switch (node.localName) {
    case 'mo':
      return spaced.test(first) ? ` ${first} ` : first
    case 'mfrac':
      return `${group(first)}/${group(second)}`
    case 'msup':
    case 'mover':
      return `${first}^${group(second)}`
    case 'msub':
    case 'munder':
      return `${first}_${group(second)}`
    case 'msubsup':
    case 'munderover':
      return `${first}_${group(second)}^${group(third)}`
    case 'msqrt':
      return `√(${parts.join('')})`
    case 'mroot':
      return `${group(second)}√(${first})`
    case 'mtr':
      return `${parts.join(' ')}; `
    default:
      return parts.join('')
  }
}

function group(text: string): string {
  return text.trim().length > 1 && /\W/u.test(text.trim()) ? `(${text.trim()})` : text.trim()
}
