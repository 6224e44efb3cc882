import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { openChromium } from '../../../src/cli/chromium/chromium-print-engine'
import { extractBulletin } from '../../../src/core/extract/extract'
import { editionPolicy } from '../../../src/core/content-security'
import { readStylesheets } from '../../../src/core/outputs/interface-stylesheets'
import type { PrintEngine } from '../../../src/core/ports'
import { printPart } from '../../../src/core/print/print-part'
import { type Bulletin, defaultStatus } from '../../../src/shared/bulletin'
import type { PrintOptions } from '../../../src/shared/print/print-options'
import { root } from './paths'
import { colourPicture } from './png-picture'

const interfaceFolder = join(root, 'out', 'renderer')
const picture = '0123456789abcdef0123456789abcdef.png'

/** Returns the sample bulletin in the same form as the library. */
export async function sampleBulletin(changed: Partial<Bulletin> = {}): Promise<Bulletin> {
  const bytes = await readFile(join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt'))
  const { text } = extractBulletin({ bytes, name: 'sample.txt' })
  return {
    ...text,
    id: 'c7rtrvf8qfxhebzq',
    publishedAt: text.published.value,
    source: { id: null, name: 'Cổng thông tin tỉnh', host: null },
    url: 'https://example.org/tin/day-manh-phong-trao-thi-dua.aspx',
    revision: { number: 1, cause: 'first-capture', capturedAt: '2020-09-10T03:15:00Z', digest: 'ab'.repeat(32) },
    captures: [],
    currentRevision: 1,
    goneSince: null,
    pictures: [],
    missing: [],
    status: defaultStatus,
    ...changed,
  }
}

/**
 * Returns sixty paragraphs of the sample with headings, pictures and large tables. The bulletin fills about forty pages
 * of A4.
 */
export async function longBulletin(): Promise<Bulletin> {
  const sample = await sampleBulletin()
  const paragraphs = sample.bodyText.split('\n\n')
  const parts: { html: string; text: string }[] = []
  const put = (tag: string, text: string): void => void parts.push({ html: `<${tag}>${text}</${tag}>`, text })
  for (let at = 0; at < 60; at++) {
    if (at % 7 === 0) put('h2', `Mục thứ ${at} của bản tin dài`)
    put('p', (paragraphs[at % paragraphs.length] ?? '').replaceAll('&', ''))
    if (at % 8 === 3)
      parts.push({
        html: `<figure><img src="files/${picture}" alt=""><figcaption>Chúthíchảnh${at}</figcaption></figure>`,
        text: '',
      })
    if (at % 20 === 10) parts.push(table(at))
  }
  return {
    ...sample,
    title: 'Bản tin dài bốn mươi trang',
    bodyHtml: parts.map(({ html }) => html).join('\n'),
    bodyText: parts.map(({ text }) => text).join('\n\n'),
  }
}

/**
 * Returns a table of twelve columns and fifty rows. The head of the table is a row of bold cells, as portals write it.
 */
function table(at: number): { html: string; text: string } {
  const head = Array.from({ length: 12 }, (_, column) => `Đầu B${at}c${column}`)
  const rows = Array.from({ length: 50 }, (_, row) => head.map((_name, column) => `ô${row}x${column}`))
  const line = (cells: string[], write: (cell: string) => string): string =>
    `<tr>${cells.map((cell) => `<td>${write(cell)}</td>`).join('')}</tr>`
  const html = `<table><tbody>${line(head, (cell) => `<strong>${cell}</strong>`)}${rows.map((cells) => line(cells, (cell) => cell)).join('')}</tbody></table>`
  // Each printed page repeats the head of the table. The expected text contains the head only once, before the first
  // row.
  return { html, text: [...head, ...rows.flat()].join(' ') }
}

/**
 * Opens a print engine with a Chromium of this machine and the built interface. `requested` lists the paths that
 * editions load.
 */
export async function openPdfPrinter(): Promise<{ engine: PrintEngine; requested: string[] }> {
  const requested: string[] = []
  const engine = await openChromium(async (path) => {
    requested.push(path)
    if (path.startsWith('/media/'))
      return new Response(new Uint8Array(colourPicture(600, 400)), { headers: { 'content-type': 'image/png' } })
    if (!path.startsWith('/assets/')) return null
    const type = extname(path) === '.css' ? 'text/css' : 'font/woff2'
    return new Response(new Uint8Array(await readFile(join(interfaceFolder, path))), {
      headers: { 'content-type': type },
    })
  })
  return { engine, requested }
}

/** Prints bulletins in one PDF part and returns the first file. */
export async function printPdf(engine: PrintEngine, bulletins: Bulletin[], options: PrintOptions): Promise<PrintedPdf> {
  const { files, pages } = await printPart(
    bulletins,
    {
      language: 'vi',
      options,
      stylesheets: await readStylesheets(interfaceFolder),
      mediaPath: (id, file) => `/media/${id}/${file}`,
      part: null,
    },
    {
      print: (html) => engine.print(html, editionPolicy(html), new AbortController().signal),
      turn: { isReversed: false, isUpsideDown: false },
    },
  )
  return new PrintedPdf(files[0]?.bytes ?? new Uint8Array(), pages)
}

/** A printed PDF in a temporary folder. The tools of poppler read the PDF. */
export class PrintedPdf {
  readonly pages: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'bantin-pdf-'))
  readonly file = join(this.#folder, 'a.pdf')

  constructor(bytes: Uint8Array, pages: number) {
    this.pages = pages
    writeFileSync(this.file, bytes)
  }

  /** Returns the text of each page, in the order in which the text is drawn. */
  texts(): string[] {
    return this.run('pdftotext', '-raw', this.file, '-').normalize('NFC').split('\f').slice(0, -1)
  }

  /** Runs a tool and returns its output. */
  run(tool: string, ...args: string[]): string {
    return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  }

  /** Returns the ink of a page as grey values, with `dpi` dots per inch. The value 0 is black, and 255 is white. */
  ink(page: number, dpi: number): { width: number; height: number; at: (x: number, y: number) => number } {
    const file = join(this.#folder, 'page')
    this.run(
      'pdftoppm',
      '-r',
      String(dpi),
      '-gray',
      '-f',
      String(page),
      '-l',
      String(page),
      '-singlefile',
      this.file,
      file,
    )
    const bytes = readFileSync(`${file}.pgm`)
    const [, width = 0, height = 0] =
      /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))?.map(Number) ?? []
    const start = bytes.byteLength - width * height
    return { width, height, at: (x, y) => bytes[start + y * width + x] ?? 255 }
  }

  /** Deletes the temporary folder. */
  remove(): void {
    rmSync(this.#folder, { recursive: true })
  }
}
