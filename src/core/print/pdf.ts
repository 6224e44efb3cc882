import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib'

/** Parses a PDF from Chromium, so that the program can read and change the PDF. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocument> {
  const { PDFDocument: documents } = await import('@cantoo/pdf-lib')
  return documents.load(bytes, { updateMetadata: false })
}

/** Serialises a changed PDF. */
export async function writePdf(pdf: PDFDocument): Promise<Uint8Array> {
  return pdf.save({ useObjectStreams: true, addDefaultPage: false })
}

/**
 * Returns the page numbers (from 1) of the named destinations. Chromium writes named destinations for links within a
 * document.
 */
export function findDestinationPages(pdf: PDFDocument): Map<string, number> {
  const pageOf = new Map(pdf.getPages().map(({ ref }, at) => [ref.toString(), at + 1]))
  const pages = new Map<string, number>()
  for (const [name, destination] of findNamedDestinations(pdf)) {
    const page = pageOf.get(String(destination.get(0)))
    if (page !== undefined) pages.set(name, page)
  }
  return pages
}

/**
 * Returns all destinations of a document by name. The names come from the `Dests` of the catalog and from the name
 * tree.
 */
function findNamedDestinations(pdf: PDFDocument): [string, PDFArray][] {
  const found: [string, PDFArray][] = []
  const put = (name: string, value: PDFObject | undefined): void => {
    const target = value instanceof PDFRef ? pdf.context.lookup(value) : value
    const array = target instanceof PDFDict ? target.lookup(PDFName.of('D')) : target
    if (array instanceof PDFArray) found.push([name, array])
  }
  const plain = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)
  for (const [name, value] of plain?.entries() ?? []) put(name.decodeText(), value)
  const walk = (node: PDFDict | undefined): void => {
    const names = node?.lookupMaybe(PDFName.of('Names'), PDFArray)
    for (let at = 0; names !== undefined && at + 1 < names.size(); at += 2) {
      const key = names.lookup(at)
      if (key instanceof PDFString || key instanceof PDFHexString) put(key.decodeText(), names.get(at + 1))
    }
    const kids = node?.lookupMaybe(PDFName.of('Kids'), PDFArray)
    for (let at = 0; kids !== undefined && at < kids.size(); at++) walk(kids.lookupMaybe(at, PDFDict))
  }
  walk(pdf.catalog.lookupMaybe(PDFName.of('Names'), PDFDict)?.lookupMaybe(PDFName.of('Dests'), PDFDict))
  return found
}
