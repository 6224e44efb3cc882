import type { PrintedFile } from '../ports'
import { paperSizes } from '../../shared/print/print-option-values'
import type { PrintOptions } from '../../shared/print/print-options'

/** The margins at the top, bottom, left and right, in mm. */
export type Margins = readonly [top: number, bottom: number, left: number, right: number]

/** The size and the margins of a page of an edition, in mm. */
export interface PageBox {
  width: number
  height: number
  margins: Margins
}

/** The margins of each template, in mm. The margins of `a4` follow Decree 30/2020/NĐ-CP for official documents. */
const ownMargins: Readonly<Record<PrintOptions['template'], Margins>> = {
  a4: [20, 20, 30, 15],
  large: [15, 20, 16, 16],
  booklet: [13, 16, 15, 12],
  digest: [18, 20, 18, 18],
  script: [18, 20, 20, 20],
}
const namedMargins = { narrow: [12, 16, 12, 12], normal: [20, 20, 20, 20], wide: [30, 30, 30, 30] } as const

/** Returns the page on which the text is laid out. In a booklet, this page is half of a folded sheet. */
export function getPageBox({ template, paper, orientation, margins }: PrintOptions): PageBox {
  const [short, long] = paperSizes[paper]
  const isBooklet = template === 'booklet'
  const [width, height] = isBooklet
    ? [long / 2, short]
    : orientation === 'portrait'
      ? ([short, long] as const)
      : ([long, short] as const)
  const chosen =
    typeof margins !== 'string' ? margins : margins === 'template' ? ownMargins[template] : namedMargins[margins]
  return { width, height, margins: limitMargins(chosen, width, height) }
}

/** Returns the sheet that the printer takes. In a booklet, this sheet holds two pages side by side. */
export function getSheet(options: PrintOptions): PrintedFile['sheet'] {
  const { width, height } = getPageBox(options)
  const isBooklet = options.template === 'booklet'
  const duplex = options.sides !== 'auto' ? 'simplex' : isBooklet ? 'shortEdge' : 'longEdge'
  return { widthMm: isBooklet ? width * 2 : width, heightMm: height, duplex }
}

/** Reduces the margins if they would leave less than half of the page for the text. */
function limitMargins([top, bottom, left, right]: Margins, width: number, height: number): Margins {
  const across = Math.min(1, width / 2 / Math.max(1, left + right))
  const along = Math.min(1, height / 2 / Math.max(1, top + bottom))
  return [top * along, bottom * along, left * across, right * across]
}

/**
 * The running line and the verification code at the foot of a bulletin's pages. A value is null if the foot does not
 * show this part.
 */
export interface Foot {
  line: string | null
  code: string | null
}

const interfaceFont = "'Be Vietnam Pro', sans-serif"
const footPt = 8

/** Returns the CSS rules for the size of all pages, the page numbers and the general foot. */
export function renderPageRules(options: PrintOptions, box: PageBox, foot: Foot): string {
  const { template, pageNumbers, sizePt } = options
  const [top, bottom, left, right] = box.margins
  // Decree 30/2020/NĐ-CP requires the page number alone, centred in the top margin. The first page must have no number.
  const isOfficial = template === 'a4' && pageNumbers === 'top'
  const number = template === 'a4' ? 'counter(page)' : 'counter(page) "/" counter(pages)'
  const size = isOfficial ? sizePt : footPt + 1
  const font = isOfficial ? "'Noto Serif', serif" : interfaceFont
  const numbered = {
    top: `@top-center { content: ${number}; font: ${size}pt ${font} }`,
    bottom: `@bottom-right { content: ${number}; font: ${size}pt ${font}; vertical-align: top; padding-top: 2mm; width: 15% }`,
    none: '',
  }[pageNumbers]
  return [
    `:root { --text-pt: ${sizePt}pt; --content-width: ${box.width - left - right}mm; --content-height: ${box.height - top - bottom}mm }`,
    `@page { size: ${box.width}mm ${box.height}mm; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm; ${numbered}`,
    `@bottom-left { content: ${renderFootContent(foot, options, box)}; font: ${footPt}pt/1.45 ${interfaceFont}; vertical-align: top; padding-top: 2mm; white-space: pre-line; text-align: left; width: ${pageNumbers === 'bottom' ? 85 : 100}% } }`,
    isOfficial ? '@page :first { @top-center { content: none } }' : '',
    // A cover has neither a page number nor a foot.
    '@page cover { @top-center { content: none } @bottom-left { content: none } @bottom-right { content: none } }',
  ].join('\n')
}

/**
 * Returns the CSS rule for the pages of one bulletin, which have a separate foot. The rule uses a named page, because
 * Chromium has no `string-set`.
 */
export function renderBulletinPageRule(at: number, foot: Foot, options: PrintOptions, box: PageBox): string {
  return `.b${at} { page: b${at} } @page b${at} { @bottom-left { content: ${renderFootContent(foot, options, box)} } }`
}

function renderFootContent({ line, code }: Foot, { pageNumbers }: PrintOptions, box: PageBox): string {
  const width = (box.width - box.margins[2] - box.margins[3]) * (pageNumbers === 'bottom' ? 0.85 : 1)
  // A character of Be Vietnam Pro is 0.52 em wide on average. A running line that is too long is cut, because a second
  // line would push the verification code off the page.
  const maxLength = Math.floor((width * 0.94) / ((footPt * 25.4) / 72) / 0.52)
  const lines = [line === null ? null : shorten(line, maxLength), code].filter((part) => part !== null)
  return lines.length === 0 ? 'none' : lines.map(toCssString).join(' "\\a " ')
}

function shorten(line: string, maxLength: number): string {
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1).replace(/\s+\S*$/u, '')}…`
}

/**
 * Returns a CSS string. The function escapes all characters except letters, digits and spaces, so that no text can end
 * the string early (CSS Syntax Level 3, 4.3.7).
 */
function toCssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`
}
