/** An article with more blocks than this number is divided into stretches. */
const minBlocks = 400
/** The number of blocks after which a stretch ends, if it can end there. */
const stretchLength = 30
/** The number of blocks after which a stretch ends in any case. */
const maxStretchLength = 90
/** The average number of characters in a line of the text, for an estimate of heights. */
const charsPerLine = 58
/** The elements that have no margin above them. Only a stretch that begins with them leaves all distances unchanged. */
const withoutTopMargin = new Set(['p', 'ul', 'ol', 'blockquote', 'div'])

/**
 * Divides the body of a long article into stretches of some blocks. The browser lays out only the stretches near the
 * view. It needs some time for each part that it leaves out, so a stretch takes less time than its single blocks. A body
 * with few blocks does not change.
 */
export function groupBlocks(body: HTMLElement): void {
  const blocks = [...body.children]
  if (blocks.length <= minBlocks) return
  const stretches: Element[][] = []
  let current: Element[] = []
  for (const block of blocks) {
    const mayBegin = withoutTopMargin.has(block.localName)
    const isTable = block.classList.contains('table-box')
    const mustEnd =
      current.length >= maxStretchLength || isTable || current[0]?.classList.contains('table-box') === true
    if (current.length > 0 && (mustEnd || (mayBegin && current.length >= stretchLength))) {
      stretches.push(current)
      current = []
    }
    current.push(block)
  }
  stretches.push(current)
  body.replaceChildren(...stretches.map((stretch) => createStretch(body.ownerDocument, stretch)))
}

function createStretch(document: Document, blocks: readonly Element[]): HTMLElement {
  const stretch = document.createElement('div')
  stretch.className = 'stretch'
  const height = blocks.reduce((sum, block) => sum + estimateHeight(block), 0)
  stretch.style.setProperty('contain-intrinsic-size', `auto ${Math.max(1, Math.round(height))}em`)
  stretch.append(...blocks)
  return stretch
}

/** Estimates the height of a block in em. The scroll bar shows the estimate until the block is laid out. */
function estimateHeight(block: Element): number {
  const rows = block.querySelectorAll('tr').length
  if (rows > 0) return 2.1 * rows
  return 1.7 * Math.ceil(block.textContent.length / charsPerLine) + 1.15
}
