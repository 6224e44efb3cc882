import {
  type PDFDocument,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  type PDFPage,
} from '@cantoo/pdf-lib'
import type { SheetSide } from './sheet-order'

/** The size of a sheet side, in points. A sheet side shows two pages side by side. */
export interface SheetSize {
  width: number
  height: number
}

/**
 * Places the pages of a document two by two on sheet sides, within the same document. Text, tags, outline and links
 * stay in the document, and the links lead to the sheet sides. The content of each page becomes a form XObject. Tags
 * refer to the content of a page, so each reference must also name the form (ISO 32000-1, 14.7.4.2).
 */
export async function imposeOnSheets(
  pdf: PDFDocument,
  sides: readonly SheetSide[],
  { width, height }: SheetSize,
): Promise<void> {
  const pages = pdf.getPages()
  const forms = await pdf.embedPages(pages)
  const moved = new Map<string, { sheet: PDFPage; form: PDFRef; dx: number }>()
  for (const [at, side] of sides.entries()) {
    const sheet = pdf.insertPage(pages.length + at, [width, height])
    for (const [half, page] of side.entries()) {
      const [form, original] = page === null ? [] : [forms[page], pages[page]]
      if (form === undefined || original === undefined) continue
      const dx = half * (width / 2) + (width / 2 - form.width) / 2
      sheet.drawPage(form, { x: dx, y: (height - form.height) / 2 })
      moved.set(original.ref.toString(), { sheet, form: form.ref, dx })
    }
  }
  await pdf.flush()
  for (const page of pages) {
    const { form } = moved.get(page.ref.toString()) ?? {}
    const parents = page.node.get(PDFName.of('StructParents'))
    const stream = form === undefined ? undefined : pdf.context.lookup(form)
    if (parents !== undefined && stream !== undefined && 'dict' in stream && stream.dict instanceof PDFDict)
      stream.dict.set(PDFName.of('StructParents'), parents)
  }
  retag(pdf, moved)
  redirectLinks(pdf, moved)
  for (let at = pages.length - 1; at >= 0; at--) pdf.removePage(at)
  for (const { ref } of pages) pdf.context.delete(ref)
}

type Moved = ReadonlyMap<string, { sheet: PDFPage; form: PDFRef; dx: number }>

/**
 * Adds the form that now holds the content of a page to the structure elements. The structure elements refer to content
 * by page and number.
 */
function retag(pdf: PDFDocument, moved: Moved): void {
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue
    const target = moved.get(String(object.get(PDFName.of('Pg'))))
    if (target === undefined) continue
    const { sheet, form } = target
    object.set(PDFName.of('Pg'), sheet.ref)
    const contentOf = (id: PDFNumber): PDFDict =>
      pdf.context.obj({ Type: 'MCR', Pg: sheet.ref, Stm: form, MCID: id.asNumber() })
    const kids = object.get(PDFName.of('K'))
    if (kids instanceof PDFNumber) object.set(PDFName.of('K'), contentOf(kids))
    else if (kids instanceof PDFArray)
      for (let at = 0; at < kids.size(); at++) {
        const kid = kids.get(at)
        if (kid instanceof PDFNumber) kids.set(at, contentOf(kid))
      }
    if (object.has(PDFName.of('MCID'))) object.set(PDFName.of('Stm'), form)
  }
}

/**
 * Changes the targets of the outline, the links and the named destinations. Each one then leads to the sheet side that
 * contains the page of its old target.
 */
function redirectLinks(pdf: PDFDocument, moved: Moved): void {
  const fix = (value: PDFObject | undefined): void => {
    if (value instanceof PDFArray) {
      const target = moved.get(String(value.get(0)))
      if (target !== undefined) value.set(0, target.sheet.ref)
      else for (let at = 0; at < value.size(); at++) fix(value.get(at))
    } else if (value instanceof PDFDict) for (const [, inner] of value.entries()) fix(inner)
  }
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (object instanceof PDFArray) fix(object)
    else if (object instanceof PDFDict && !(object.get(PDFName.of('Type')) === PDFName.of('Page')))
      for (const name of ['Dest', 'D', 'A', 'Dests', 'Names']) fix(object.get(PDFName.of(name)))
  }
}

/**
 * Copies sides of `pdf` to a new document. Indexes count from 0, and an index of null adds an empty page. With
 * `isUpsideDown`, all copied sides are turned by 180°.
 */
export async function pickSides(
  pdf: PDFDocument,
  wanted: readonly (number | null)[],
  isUpsideDown: boolean,
): Promise<PDFDocument> {
  const { PDFDocument: documents, degrees } = await import('@cantoo/pdf-lib')
  const picked = await documents.create({ updateMetadata: false })
  const title = pdf.getTitle()
  if (title !== undefined) picked.setTitle(title)
  picked.setLanguage('vi')
  const present = wanted.filter((side) => side !== null)
  const copies = await picked.copyPages(pdf, present)
  const size = pdf.getPage(0).getSize()
  for (const side of wanted) {
    const page = side === null ? undefined : copies[present.indexOf(side)]
    const added = page === undefined ? picked.addPage([size.width, size.height]) : picked.addPage(page)
    if (isUpsideDown) added.setRotation(degrees(180))
  }
  return picked
}
