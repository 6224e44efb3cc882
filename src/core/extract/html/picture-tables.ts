/** Maximum number of characters for each picture in a table that only arranges pictures. */
const maxTextPerPicture = 300

/**
 * Turns each table that only arranges pictures into figures. Such a table has rows of pictures. A row of captions may
 * follow each row of pictures, with one caption for each picture or one caption for all. A table that has pictures and
 * text in the same row stays.
 */
export function convertPictureTables(body: Element): void {
  for (const table of body.getElementsByTagName('table')) {
    const figures = createFigures(table)
    if (figures !== null) table.replaceWith(...figures)
  }
}

interface Row {
  cells: Element[]
  hasPictures: boolean
  hasText: boolean
}

function createFigures(table: Element): Element[] | null {
  const pictures = table.querySelectorAll('img').length
  if (pictures < 2 || table.querySelector('table, figure') !== null) return null
  if (measureText(table) > pictures * maxTextPerPicture) return null
  const rows = [...table.querySelectorAll('tr')].map(readRow).filter((row) => row.hasPictures || row.hasText)
  if (rows.some((row) => row.hasPictures && row.hasText) || rows[0]?.hasPictures !== true) return null
  return rows.flatMap((row, at) => (row.hasPictures ? createRowFigures(row, rows[at + 1]) : []))
}

function readRow(row: Element): Row {
  const cells = [...row.children]
  return {
    cells,
    hasPictures: cells.some((cell) => cell.querySelector('img') !== null),
    hasText: cells.some((cell) => measureText(cell) > 0),
  }
}

/**
 * Creates one figure for each cell with pictures if each such cell has a caption in the row below. Otherwise creates
 * one figure for the whole row.
 */
function createRowFigures({ cells }: Row, below: Row | undefined): Element[] {
  const captions = below?.hasText === true ? below.cells.filter((cell) => measureText(cell) > 0) : []
  const framed = cells.filter((cell) => cell.querySelector('img') !== null)
  if (captions.length === framed.length)
    return framed.map((cell, at) => createFigure([cell], captions.slice(at, at + 1)))
  return [createFigure(framed, captions)]
}

function createFigure(cells: readonly Element[], captions: readonly Element[]): Element {
  const document = (cells[0] ?? captions[0])?.ownerDocument
  if (document === undefined) throw new Error('picture table: no cell')
  const figure = document.createElement('figure')
  figure.append(...cells.flatMap((cell) => [...cell.querySelectorAll('img')]))
  if (captions.length === 0) return figure
  const caption = document.createElement('figcaption')
  for (const cell of captions) caption.append(...cell.childNodes, ' ')
  figure.append(caption)
  return figure
}

function measureText(element: Element): number {
  return (element.textContent ?? '').replace(/\s+/gu, ' ').trim().length
}
