// Tests of the layout of printed PDFs, without a host. A Chromium of this machine prints editions (printable HTML
// pages), and poppler reads the PDFs.
import { readFile } from 'node:fs/promises'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import { expect, test } from '@playwright/test'
import { toSpokenText } from '../../../src/core/text/speech/spoken-text'
import type { Bulletin } from '../../../src/shared/bulletin'
import { type Paper as PaperSize, printTemplates } from '../../../src/shared/print/print-option-values'
import { printDefaults } from '../../../src/shared/print/print-defaults'
import type { PrintEngine } from '../../../src/core/ports'
import { chromiumPath } from '../support/chromium'
import { longBulletin, openPdfPrinter, type PrintedPdf, printPdf, sampleBulletin } from '../support/printed-pdf'
import { firstMissingWord, noPdfText, wordsOf } from '../support/pdf-text'

test.skip(noPdfText !== null, noPdfText ?? '')
test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ mode: 'default', timeout: 180_000 })

let engine: PrintEngine
let requested: string[]
let sample: Bulletin
let long: Bulletin

test.beforeAll(async () => {
  ;({ engine, requested } = await openPdfPrinter())
  sample = await sampleBulletin()
  long = await longBulletin()
})
test.afterAll(() => engine.close())

/** Returns the text of a page without the footer, which every page repeats. */
function bodyOf(text: string): string {
  return text.replace(/^(?:Cổng thông tin tỉnh · .*|Mã đối chiếu.*|\d+(?:\/\d+)?)$/gmu, '')
}

/**
 * Expects every word of a bulletin in order, and no empty page. With `isSpoken`, expects the text prepared for speech.
 */
function expectAllWords(pdf: PrintedPdf, bulletin: Bulletin, isSpoken: boolean): void {
  const texts = pdf.texts()
  const expected = isSpoken
    ? bulletin.bodyText.split('\n\n').map((text) => toSpokenText(text).text)
    : [bulletin.bodyText]
  expect(firstMissingWord(wordsOf(expected.join(' ')), wordsOf(texts.map(bodyOf).join(' ')))).toBeNull()
  // Control: the check finds a missing word.
  expect(firstMissingWord(['khôngcótrongbài'], wordsOf(texts.join(' ')))).toBe('khôngcótrongbài')
  for (const [at, text] of texts.entries())
    expect(wordsOf(bodyOf(text)).length, `page ${at + 1} is empty`).toBeGreaterThan(0)
}

/** Expects embedded fonts, tags, an outline, a title and a language. */
async function expectAccessiblePdf(pdf: PrintedPdf, title: string): Promise<void> {
  const fonts = pdf.run('pdffonts', pdf.file).trim().split('\n').slice(2)
  expect(fonts.length).toBeGreaterThan(0)
  for (const font of fonts) expect(font).toMatch(/TrueType\s+Identity-H\s+yes yes yes/)
  const facts = pdf.run('pdfinfo', pdf.file)
  expect(facts).toContain(title)
  expect(facts).toMatch(/Tagged:\s+yes/)
  const { catalog } = await PDFDocument.load(await readFile(pdf.file))
  expect(String(catalog.get(PDFName.of('Lang')))).toMatch(/^\(vi(?:-VN)?\)$/)
  expect(catalog.has(PDFName.of('Outlines')), 'an outline').toBe(true)
}

const papersOf: Record<(typeof printTemplates)[number], PaperSize[]> = {
  a4: ['A4', 'A5', 'Letter'],
  large: ['A4', 'A3'],
  booklet: [],
  digest: ['A4', 'Letter'],
  script: ['A4', 'A5'],
}

for (const template of printTemplates) {
  for (const paper of papersOf[template])
    test(`a print with the template ${template} on ${paper} has every word in order, no empty page, and PDF tags`, async () => {
      for (const bulletin of [sample, long]) {
        const pdf = await printPdf(engine, [bulletin], { ...printDefaults[template], paper })
        expectAllWords(pdf, bulletin, template === 'script')
        await expectAccessiblePdf(pdf, template === 'script' ? '' : bulletin.title)
        pdf.remove()
      }
    })
}

test('a booklet has every word in page order, and PDF tags', async () => {
  const { arrangeBookletSides } = await import('../../../src/core/print/sheet-order')
  const pdf = await printPdf(engine, [sample], printDefaults.booklet)
  await expectAccessiblePdf(pdf, sample.title)
  const sides = arrangeBookletSides(pdf.pages)
  const halves = new Map<number, string>()
  for (const [side, pages] of sides.entries())
    for (const [half, page] of pages.entries())
      if (page !== null)
        halves.set(
          page,
          pdf
            .run(
              'pdftotext',
              ...['-raw', '-f', String(side + 1), '-l', String(side + 1), '-x', String(half * 421)],
              ...['-y', '0', '-W', '421', '-H', '596'],
              pdf.file,
              '-',
            )
            .normalize('NFC'),
        )
  const texts = Array.from({ length: pdf.pages }, (_, page) => halves.get(page) ?? '')
  expect(firstMissingWord(wordsOf(sample.bodyText), wordsOf(texts.map(bodyOf).join(' ')))).toBeNull()
  for (const [page, text] of texts.entries()) expect(text).toContain(`${page + 1}/${pdf.pages}`)
  pdf.remove()
})

test('the a4 template has margins of 20/20/30/15 mm, page numbers from page two on, and a code in the footer', async () => {
  const pdf = await printPdf(engine, [sample], printDefaults.a4)
  const dpi = 254 // 254 dpi are ten dots per millimetre
  const { width, height, at } = pdf.ink(2, dpi)
  expect([Math.round(width / 10), Math.round(height / 10)]).toEqual([210, 297])
  const isInk = (x: number, y: number): boolean => at(x, y) < 128
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_unused, x) => x).some((x) => isInk(x, y)),
  )
  const columns = Array.from({ length: width }, (_, x) =>
    Array.from({ length: 2560 }, (_unused, y) => y + 200).some((y) => isInk(x, y)),
  )
  // The left and right edges of the text are within 0.6 mm of the margins. The letters of the first line begin up to
  // 3.5 mm below the top margin, because a line is higher than its letters.
  expect(columns.indexOf(true) / 10).toBeCloseTo(30, 0)
  expect(columns.lastIndexOf(true) / 10).toBeCloseTo(195, 0)
  const bodyTop = rows.indexOf(true, 190)
  expect(bodyTop / 10).toBeGreaterThanOrEqual(20)
  expect(bodyTop / 10).toBeLessThan(23.5)
  expect(rows.slice(2771, 2785).some(Boolean), 'ink between text and footer').toBe(false)
  const texts = pdf.texts()
  expect(texts[0]).not.toMatch(/^\s*1\s*$/m)
  for (const [page, text] of texts.entries()) {
    if (page > 0) expect(text).toMatch(new RegExp(`^\\s*${page + 1}\\s*$`, 'm'))
    expect(text).toMatch(/Mã đối chiếu: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/)
  }
  pdf.remove()
})

test('a printed page keeps a caption with its picture and a heading with its text, and repeats the heads of tables', async () => {
  const pdf = await printPdf(engine, [long], printDefaults.a4)
  const texts = pdf.texts().map(bodyOf)
  const pictures = pdf
    .run('pdfimages', '-list', pdf.file)
    .split('\n')
    .slice(2)
    .filter((line) => / image /.test(line))
  const pictured = pictures.map((line) => Number(line.trim().split(/\s+/)[0]))
  const captioned = [...long.bodyHtml.matchAll(/Chúthíchảnh\d+/g)].map(
    ([caption]) => texts.findIndex((text) => text.includes(caption)) + 1,
  )
  expect(captioned.length).toBe(8)
  expect(pictured).toEqual(captioned)
  for (const text of texts) expect(text.trim()).not.toMatch(/Mục thứ \d+ của bản tin dài$/)
  for (const at of [10, 30, 50]) {
    const rows = texts.filter((text) => new RegExp(`B${at}c0\\s|ô\\d+x0`).test(text))
    const withHead = texts.filter((text) => text.includes(`B${at}c11`))
    expect(withHead.length, `table ${at}`).toBeGreaterThan(1)
    expect(rows.length).toBeGreaterThanOrEqual(withHead.length)
  }
  pdf.remove()
})

test('the table of contents shows the first page of each of the twenty bulletins', async () => {
  const many = Array.from({ length: 20 }, (_, at) => ({
    ...sample,
    id: sample.id.slice(0, 14) + String(at).padStart(2, '0'),
    title: `Bảntinsố${at} của tuần`,
    // The bulletins have different lengths, so that their first pages are not at regular intervals.
    bodyHtml: sample.bodyHtml.slice(0, 5000 * (1 + (at % 3))),
  }))
  const pdf = await printPdf(engine, many, printDefaults.digest)
  const texts = pdf.texts()
  const beginsOn = many.map(
    ({ title }) => texts.findIndex((text, page) => page > 1 && text.includes(`\n${title}\n`)) + 1,
  )
  const contents = texts.slice(1, 3).join('\n')
  const named = many.map(({ title }) => Number(new RegExp(`${title}\\n[^\\n]* (\\d+)$`, 'm').exec(contents)?.[1]))
  expect(new Set(beginsOn).size).toBe(20)
  expect(named).toEqual(beginsOn)
  for (const [page, text] of texts.entries()) if (page > 0) expect(text).toContain(`${page + 1}/${texts.length}`)
  pdf.remove()
})

test('a short bulletin fits on one page if the user has chosen the option for one page', async () => {
  const short = { ...sample, bodyHtml: `<p>${sample.bodyText.slice(0, 1100)}</p>`, summary: null, figures: [] }
  const options = {
    ...printDefaults.large,
    office: 'UBND xã Ba Bể',
    postedFrom: '2020-09-08',
    postedUntil: '2020-09-15',
  }
  const loose = await printPdf(engine, [short], options)
  const fitted = await printPdf(engine, [short], { ...options, fitsOnePage: true })
  expect(loose.pages).toBeGreaterThan(1)
  expect(fitted.pages).toBe(1)
  expect(fitted.texts()[0]).toContain('Niêm yết từ ngày 08/09/2020 đến ngày 15/09/2020')
  for (const pdf of [loose, fitted]) pdf.remove()
})

test('the option for pictures chooses whether pictures are printed in grey or left out', async () => {
  const bulletin = {
    ...sample,
    bodyHtml: `${sample.bodyHtml}<figure><img src="files/${'0'.repeat(32)}.png" alt=""></figure>`,
  }
  const hasColour = async (pictures: 'colour' | 'grey' | 'none'): Promise<boolean> => {
    const pdf = await printPdf(engine, [bulletin], { ...printDefaults.a4, pictures })
    const file = `${pdf.file}.ppm`
    pdf.run('pdftoppm', '-r', '40', '-f', String(pdf.pages), '-singlefile', pdf.file, pdf.file)
    const { readFileSync } = await import('node:fs')
    const pixels = readFileSync(file).subarray(15)
    pdf.remove()
    for (let at = 0; at + 2 < pixels.length; at += 3)
      if (Math.abs((pixels[at] ?? 0) - (pixels[at + 1] ?? 0)) > 40) return true
    return false
  }
  expect(await hasColour('colour')).toBe(true)
  expect(await hasColour('grey')).toBe(false)
  expect(await hasColour('none')).toBe(false)
})

test('an edition that is printed requests only stylesheets, fonts and pictures', () => {
  expect(requested.length).toBeGreaterThan(0)
  expect(requested.filter((path) => !/^\/(?:assets|media)\/|^\/favicon\.ico$/.test(path))).toEqual([])
})
