import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { arrangeBookletSides, arrangeManualDuplex } from '../../../../src/core/print/sheet-order'
import { openPdf, writePdf } from '../../../../src/core/print/pdf'
import { imposeOnSheets, pickSides } from '../../../../src/core/print/impose-on-sheets'
import { temporaryFolder } from '../../support/library'

const a5 = [419.5, 595.3] as const
const sheet = { width: 841.9, height: 595.3 }
const counts = Array.from({ length: 17 }, (_, at) => at + 1)
const hasPoppler = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
})()

/**
 * Returns the pages of a folded stack in reading order. The right halves of the fronts and backs come first, and then
 * the left halves.
 */
function folded<T>(sides: readonly (readonly [T, T])[]): T[] {
  const leaves = Array.from({ length: sides.length / 2 }, (_, at) => [sides[2 * at], sides[2 * at + 1]] as const)
  const right = leaves.flatMap(([front, back]) => [front?.[1], back?.[0]])
  const left = leaves.toReversed().flatMap(([front, back]) => [back?.[1], front?.[0]])
  return [...right, ...left].filter((value) => value !== undefined)
}

async function pdfOf(pages: number): Promise<PDFDocument> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let at = 1; at <= pages; at++) pdf.addPage([...a5]).drawText(`trang ${at}`, { x: 60, y: 300, font })
  return openPdf(await pdf.save())
}

/** Returns the text on the left half and on the right half of each side of the paper. */
async function readHalves(bytes: Uint8Array): Promise<(readonly [string, string])[]> {
  const file = join(await temporaryFolder(), 'a.pdf')
  await writeFile(file, bytes)
  const pages = execFileSync('pdftotext', ['-bbox', file, '-'], { stdio: 'pipe' }).toString().split('<page ').slice(1)
  return pages.map((page) => {
    const words = [...page.matchAll(/<word xMin="([\d.]+)"[^>]*>([^<]*)</g)]
    const half = (isLeft: boolean): string =>
      words
        .filter(([, x]) => Number(x) < sheet.width / 2 === isLeft)
        .map(([, , word]) => word)
        .join(' ')
    return [half(true), half(false)] as const
  })
}

describe('arrangeBookletSides', () => {
  it.each(counts)(
    'arrangeBookletSides arranges %i pages so that the folded sheets show the pages in order',
    (pages) => {
      const order = folded(arrangeBookletSides(pages))
      expect(order.length % 4).toBe(0)
      expect(order.slice(0, pages)).toEqual(Array.from({ length: pages }, (_, at) => at))
      expect(order.slice(pages).every((page) => page === null)).toBe(true)
    },
  )

  it.skipIf(!hasPoppler)('the folded sheets of an imposed PDF show 1 to 17 pages in order', async () => {
    for (const pages of counts) {
      const pdf = await pdfOf(pages)
      const sides = arrangeBookletSides(pages)
      await imposeOnSheets(pdf, sides, sheet)
      const order = folded(await readHalves(await writePdf(pdf)))
      const expected = Array.from({ length: pages }, (_, at) => `trang ${at + 1}`)
      expect(order.slice(0, pages), `${pages} pages`).toEqual(expected)
      expect(order.slice(pages).join('')).toBe('')
    }
  })
})

describe('manual duplex', () => {
  it.each([
    ['first sheet', false],
    ['last sheet', true],
  ])(
    'each back is printed on its front if the printer pulls in the %s sheet of the stack first',
    (_name, isReversed) => {
      for (const sides of counts) {
        const { fronts, backs } = arrangeManualDuplex(sides, { isReversed, isUpsideDown: false })
        // The printer takes in the sheets of the stack in order or in reverse order.
        const fed = isReversed ? fronts.toReversed() : fronts
        expect(fed.map((front, at) => [front, backs[at]]).sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual(
          fronts.map((front) => [front, front + 1 < sides ? front + 1 : null]),
        )
      }
    },
  )

  it.skipIf(!hasPoppler)('the backs are turned by 180° for a printer that turns the backs upside down', async () => {
    const pdf = await pdfOf(3)
    const backs = await pickSides(pdf, [1, null], true)
    expect(backs.getPages().map((page) => page.getRotation().angle)).toEqual([180, 180])
    const file = join(await temporaryFolder(), 'a.pdf')
    await writeFile(file, await writePdf(backs))
    expect(execFileSync('pdftotext', ['-raw', file, '-']).toString()).toMatch(/^trang\s2\s*\f\s*\f$/)
  })
})
