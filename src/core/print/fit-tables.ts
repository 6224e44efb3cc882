import { Parser } from 'htmlparser2'

/**
 * The facts about a table that `fitTables` needs to fit the table on a page and to repeat the head of the table. The
 * table is part of a sanitised body.
 */
interface Table {
  /** The index of the tag `<table>` in the HTML. */
  start: number
  /** The length of the longest word in each column, in characters. */
  columns: number[]
  rows: Row[]
  hasHead: boolean
}

interface Row {
  start: number
  end: number
  /**
   * The index at which the `<tbody>` begins, if the row is the first row of that `<tbody>`. For other rows the value is
   * null.
   */
  bodyStart: number | null
  isHead: boolean
  hasText: boolean
  /** The number of rows that the tallest cell of the row spans. */
  span: number
  nextColumn: number
}

/**
 * The text sizes in a table, as fractions of the text size of the body. If a table is too wide even at the smallest
 * size, the words of the table are broken.
 */
const steps = [0.9, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25] as const
/** The minimum text size in a table, in pt. A small size is better than broken words. */
const minPt = 5
/**
 * In an edition of two columns, a table spans both columns if one column would need a text size below this fraction.
 */
const minStepInColumn = 0.7
const maxHeadRows = 3

/** The width that is available to tables, in em of the body text, and the size of the body text in pt. */
export interface TableRoom {
  columnEm: number
  pageEm: number
  sizePt: number
}

/**
 * Makes the tables of a sanitised body fit a column or the whole page, and makes their heads repeat on each page. A
 * first row that has only `<th>` or bold cells becomes a `<thead>`. A wide table gets a class for smaller text. The
 * function only adds classes, `<thead>` tags and `<tbody>` tags, at positions from the parser. The text stays the same.
 */
export function fitTables(html: string, room: TableRoom): string {
  const edits = readTables(html).flatMap((table) => [
    { at: table.start, remove: '<table>'.length, put: `<table class="${chooseFitClasses(table, room)}">` },
    ...getHeadEdits(table),
  ])
  return edits
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, remove, put }) => text.slice(0, at) + put + text.slice(at + remove), html)
}

function chooseFitClasses({ columns }: Table, { columnEm, pageEm, sizePt }: TableRoom): string {
  // A character is about 0.54 em wide. The padding and the borders of a cell take about 1.1 em of the cell's own text
  // size.
  const needed = columns.reduce((sum, wordLength) => sum + wordLength * 0.54 + 1.1, 0)
  const allowed = steps.filter((step) => step === steps[0] || step * sizePt >= minPt)
  const inColumn = allowed.find((step) => needed * step <= columnEm)
  if (inColumn !== undefined && inColumn >= (columnEm < pageEm ? minStepInColumn : 0)) return getSizeClass(inColumn)
  const spans = columnEm < pageEm ? ' spans' : ''
  const onPage = allowed.find((step) => needed * step <= pageEm)
  return onPage === undefined
    ? `${getSizeClass(allowed.at(-1) ?? 0.5)} fit-break${spans}`
    : `${getSizeClass(onPage)}${spans}`
}

/**
 * Returns the class of a text size. A class is needed, because the content security policy of the edition allows no
 * inline styles.
 */
function getSizeClass(step: number): string {
  return `fit-${Math.round(step * 100)}`
}

function getHeadEdits({ rows, hasHead }: Table): { at: number; remove: number; put: string }[] {
  const first = rows[0]
  if (hasHead || first === undefined || !first.isHead || !first.hasText || rows.length < 2) return []
  const last = rows[Math.min(first.span, maxHeadRows, rows.length - 1) - 1]
  if (last === undefined) return []
  const body = first.bodyStart === null ? [] : [{ at: first.bodyStart, remove: '<tbody>'.length, put: '' }]
  return [
    ...body,
    { at: first.start, remove: 0, put: '<thead>' },
    { at: last.end, remove: 0, put: first.bodyStart === null ? '</thead>' : '</thead><tbody>' },
  ]
}

function readTables(html: string): Table[] {
  const found: Table[] = []
  const open: { table: Table; bodyStart: number | null; cell: Cell | null }[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      const inner = open.at(-1)
      if (name === 'table') {
        const table: Table = { start: parser.startIndex, columns: [], rows: [], hasHead: false }
        found.push(table)
        open.push({ table, bodyStart: null, cell: null })
      } else if (inner === undefined) return
      else if (name === 'thead' || name === 'caption') inner.table.hasHead ||= name === 'thead'
      else if (name === 'tbody') inner.bodyStart = parser.startIndex
      else if (name === 'tr') {
        inner.table.rows.push({
          ...{ start: parser.startIndex, end: parser.endIndex + 1, bodyStart: inner.bodyStart },
          ...{ isHead: true, hasText: false, span: 1, nextColumn: 0 },
        })
        inner.bodyStart = null
      } else if (name === 'td' || name === 'th') inner.cell = createCell(name, attributes)
      else if (inner.cell !== null && (name === 'strong' || name === 'b')) inner.cell.bold += 1
    },
    ontext(text) {
      for (const { cell } of open.slice(-1)) {
        if (cell === null || text.trim() === '') continue
        if (cell.bold === 0) cell.isPlain = true
        cell.maxWordLength = Math.max(cell.maxWordLength, ...text.split(/\s+/u).map((word) => word.length))
      }
    },
    onclosetag(name) {
      const inner = open.at(-1)
      if (inner === undefined) return
      if (name === 'table') open.pop()
      else if (name === 'tr') {
        const row = inner.table.rows.at(-1)
        if (row !== undefined) row.end = parser.endIndex + 1
      } else if (name === 'td' || name === 'th') closeCell(inner.table, inner.cell)
      else if (inner.cell !== null && (name === 'strong' || name === 'b')) inner.cell.bold -= 1
      if (name === 'td' || name === 'th') inner.cell = null
    },
  })
  parser.end(html)
  return found
}

interface Cell {
  name: 'td' | 'th'
  columns: number
  rows: number
  maxWordLength: number
  bold: number
  /** Whether some of the text in a cell is not bold. */
  isPlain: boolean
}

function createCell(name: 'td' | 'th', attributes: Record<string, string>): Cell {
  const columns = Math.max(1, Number(attributes['colspan'] ?? 1) || 1)
  const rows = Math.max(1, Number(attributes['rowspan'] ?? 1) || 1)
  return { name, columns: Math.min(columns, 100), rows, maxWordLength: 0, bold: 0, isPlain: false }
}

function closeCell({ columns, rows }: Table, cell: Cell | null): void {
  const row = rows.at(-1)
  if (cell === null || row === undefined) return
  if (cell.name === 'td' && cell.isPlain) row.isHead = false
  row.hasText ||= cell.maxWordLength > 0
  row.span = Math.max(row.span, cell.rows)
  for (let at = row.nextColumn; at < row.nextColumn + cell.columns; at++)
    columns[at] = Math.max(columns[at] ?? 1, cell.columns === 1 ? cell.maxWordLength : 1)
  row.nextColumn += cell.columns
}
