// The paper itself, without any host: editions printed by a Chromium of this machine and looked at with poppler.
import { readFile } from 'node:fs/promises'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import { expect, test } from '@playwright/test'
import { spokenText } from '../../../src/core/text/speech/spoken-text'
import type { Bulletin } from '../../../src/shared/bulletin'
import { type Paper as PaperName, printDefaults, printTemplates } from '../../../src/shared/print/print-option-values'
import type { PrintEngine } from '../../../src/core/ports'
import { chromiumPath } from '../support/chromium'
import { longBulletin, openPaper, type Paper, printed, seedBulletin } from '../support/printed-pdf'
import { firstMissing, noPdfText, wordsOf } from '../support/pdf-text'

test.skip(noPdfText !== null, noPdfText ?? '')
test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ mode: 'default', timeout: 180_000 })

let engine: PrintEngine
let asked: string[]
let seed: Bulletin
let long: Bulletin

test.beforeAll(async () => {
  ;({ engine, asked } = await openPaper())
  seed = await seedBulletin()
  long = await longBulletin()
})
test.afterAll(() => engine.close())

/** Words of a page without those of its foot, which pages repeat. */
function bodyOf(text: string): string {
  return text.replace(/^(?:Cổng thông tin tỉnh · .*|Mã đối chiếu.*|\d+(?:\/\d+)?)$/gmu, '')
}

function expectWhole(paper: Paper, bulletin: Bulletin, isSpoken: boolean): void {
  const texts = paper.texts()
  const wanted = isSpoken ? bulletin.bodyText.split('\n\n').map((text) => spokenText(text).text) : [bulletin.bodyText]
  expect(firstMissing(wordsOf(wanted.join(' ')), wordsOf(texts.map(bodyOf).join(' ')))).toBeNull()
  // The control: the finder does see a word that is not there.
  expect(firstMissing(['khôngcótrongbài'], wordsOf(texts.join(' ')))).toBe('khôngcótrongbài')
  for (const [at, text] of texts.entries())
    expect(wordsOf(bodyOf(text)).length, `page ${at + 1} is empty`).toBeGreaterThan(0)
}

/** Fonts inside, tagged, with an outline, title and language. */
async function expectSound(paper: Paper, title: string): Promise<void> {
  const fonts = paper.run('pdffonts', paper.file).trim().split('\n').slice(2)
  expect(fonts.length).toBeGreaterThan(0)
  for (const font of fonts) expect(font).toMatch(/TrueType\s+Identity-H\s+yes yes yes/)
  const facts = paper.run('pdfinfo', paper.file)
  expect(facts).toContain(title)
  expect(facts).toMatch(/Tagged:\s+yes/)
  const { catalog } = await PDFDocument.load(await readFile(paper.file))
  expect(String(catalog.get(PDFName.of('Lang')))).toMatch(/^\(vi(?:-VN)?\)$/)
  expect(catalog.has(PDFName.of('Outlines')), 'an outline').toBe(true)
}

const papersOf: Record<(typeof printTemplates)[number], PaperName[]> = {
  a4: ['A4', 'A5', 'Letter'],
  large: ['A4', 'A3'],
  booklet: [],
  digest: ['A4', 'Letter'],
  script: ['A4', 'A5'],
}

for (const template of printTemplates) {
  for (const paper of papersOf[template])
    test(`${template} on ${paper}: every word in order, no empty page, sound PDF`, async () => {
      for (const bulletin of [seed, long]) {
        const made = await printed(engine, [bulletin], { ...printDefaults[template], paper })
        expectWhole(made, bulletin, template === 'script')
        await expectSound(made, template === 'script' ? '' : bulletin.title)
        made.remove()
      }
    })
}

test('a booklet has every word, page after page, and keeps its tags', async () => {
  const { bookletSides } = await import('../../../src/core/print/sheet-sides')
  const made = await printed(engine, [seed], printDefaults.booklet)
  await expectSound(made, seed.title)
  const sides = bookletSides(made.pages)
  const halves = new Map<number, string>()
  for (const [side, pages] of sides.entries())
    for (const [half, page] of pages.entries())
      if (page !== null)
        halves.set(
          page,
          made
            .run(
              'pdftotext',
              ...['-raw', '-f', String(side + 1), '-l', String(side + 1), '-x', String(half * 421)],
              ...['-y', '0', '-W', '421', '-H', '596'],
              made.file,
              '-',
            )
            .normalize('NFC'),
        )
  const texts = Array.from({ length: made.pages }, (_, page) => halves.get(page) ?? '')
  expect(firstMissing(wordsOf(seed.bodyText), wordsOf(texts.map(bodyOf).join(' ')))).toBeNull()
  for (const [page, text] of texts.entries()) expect(text).toContain(`${page + 1}/${made.pages}`)
  made.remove()
})

test('a4 keeps the margins 20/20/30/15 mm, numbers from page two on, and a foot with its code', async () => {
  const made = await printed(engine, [seed], printDefaults.a4)
  const dpi = 254 // ten dots a millimetre
  const { width, height, at } = made.ink(2, dpi)
  expect([Math.round(width / 10), Math.round(height / 10)]).toEqual([210, 297])
  const isInk = (x: number, y: number): boolean => at(x, y) < 128
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_unused, x) => x).some((x) => isInk(x, y)),
  )
  const columns = Array.from({ length: width }, (_, x) =>
    Array.from({ length: 2560 }, (_unused, y) => y + 200).some((y) => isInk(x, y)),
  )
  // Text stands within 0.6 mm of the left and right margins; the first line's letters begin within the line's leading.
  expect(columns.indexOf(true) / 10).toBeCloseTo(30, 0)
  expect(columns.lastIndexOf(true) / 10).toBeCloseTo(195, 0)
  const bodyTop = rows.indexOf(true, 190)
  expect(bodyTop / 10).toBeGreaterThanOrEqual(20)
  expect(bodyTop / 10).toBeLessThan(23.5)
  expect(rows.slice(2771, 2785).some(Boolean), 'nothing between text and foot').toBe(false)
  const texts = made.texts()
  expect(texts[0]).not.toMatch(/^\s*1\s*$/m)
  for (const [page, text] of texts.entries()) {
    if (page > 0) expect(text).toMatch(new RegExp(`^\\s*${page + 1}\\s*$`, 'm'))
    expect(text).toMatch(/Mã đối chiếu: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/)
  }
  made.remove()
})

test('captions stay with their pictures, headings are never alone, table heads repeat', async () => {
  const made = await printed(engine, [long], printDefaults.a4)
  const texts = made.texts().map(bodyOf)
  const pictures = made
    .run('pdfimages', '-list', made.file)
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
  made.remove()
})

test('a contents page of twenty bulletins names the pages they begin on', async () => {
  const many = Array.from({ length: 20 }, (_, at) => ({
    ...seed,
    id: seed.id.slice(0, 14) + String(at).padStart(2, '0'),
    title: `Bảntinsố${at} của tuần`,
    // Of different lengths, so that no rule of thumb gives the numbers.
    bodyHtml: seed.bodyHtml.slice(0, 5000 * (1 + (at % 3))),
  }))
  const made = await printed(engine, many, printDefaults.digest)
  const texts = made.texts()
  const beginsOn = many.map(
    ({ title }) => texts.findIndex((text, page) => page > 1 && text.includes(`\n${title}\n`)) + 1,
  )
  const contents = texts.slice(1, 3).join('\n')
  const named = many.map(({ title }) => Number(new RegExp(`${title}\\n[^\\n]* (\\d+)$`, 'm').exec(contents)?.[1]))
  expect(new Set(beginsOn).size).toBe(20)
  expect(named).toEqual(beginsOn)
  for (const [page, text] of texts.entries()) if (page > 0) expect(text).toContain(`${page + 1}/${texts.length}`)
  made.remove()
})

test('a notice fits one page where it is asked to and can', async () => {
  const short = { ...seed, bodyHtml: `<p>${seed.bodyText.slice(0, 1100)}</p>`, summary: null, figures: [] }
  const options = {
    ...printDefaults.large,
    office: 'UBND xã Ba Bể',
    postedFrom: '2020-09-08',
    postedUntil: '2020-09-15',
  }
  const loose = await printed(engine, [short], options)
  const fitted = await printed(engine, [short], { ...options, fitsOnePage: true })
  expect(loose.pages).toBeGreaterThan(1)
  expect(fitted.pages).toBe(1)
  expect(fitted.texts()[0]).toContain('Niêm yết từ ngày 08/09/2020 đến ngày 15/09/2020')
  for (const made of [loose, fitted]) made.remove()
})

test('pictures are grey or left out where that is asked for', async () => {
  const bulletin = {
    ...seed,
    bodyHtml: `${seed.bodyHtml}<figure><img src="files/${'0'.repeat(32)}.png" alt=""></figure>`,
  }
  const hasColour = async (pictures: 'colour' | 'grey' | 'none'): Promise<boolean> => {
    const made = await printed(engine, [bulletin], { ...printDefaults.a4, pictures })
    const file = `${made.file}.ppm`
    made.run('pdftoppm', '-r', '40', '-f', String(made.pages), '-singlefile', made.file, made.file)
    const { readFileSync } = await import('node:fs')
    const pixels = readFileSync(file).subarray(15)
    made.remove()
    for (let at = 0; at + 2 < pixels.length; at += 3)
      if (Math.abs((pixels[at] ?? 0) - (pixels[at + 1] ?? 0)) > 40) return true
    return false
  }
  expect(await hasColour('colour')).toBe(true)
  expect(await hasColour('grey')).toBe(false)
  expect(await hasColour('none')).toBe(false)
})

test('an edition asks for nothing but its stylesheets, fonts and pictures', () => {
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((path) => !/^\/(?:assets|media)\/|^\/favicon\.ico$/.test(path))).toEqual([])
})
