import { existsSync, readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { extractBulletin } from '../../../../src/core/extract/extract'
import { repairDocumentEncoding } from '../../../../src/core/extract/html/repair-encoding'
import { decodeFile } from '../../../../src/core/text/encoding/decode-file'
import type { Encoding } from '../../../../src/core/text/encoding/legacy-encodings'
import { normalizeText } from '../../../../src/core/text/repair/normalize'
import { createPageRepair } from '../../../../src/core/text/repair/page-repair'
import { shared, sharedIsAbsent } from '../../support/shared-data'

const folder = shared('data/vietnamese/vectors')
const read = (name: string): Uint8Array => readFileSync(`${folder}/${name}`)

/**
 * The rows of the manifest. Each row has the names of a vector file and of the file with the expected text. The list is
 * empty if the folder of vectors is absent.
 */
const rows = existsSync(folder)
  ? readFileSync(`${folder}/MANIFEST.tsv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map(([file = '', , expected = '']) => ({ file, expected }))
  : []

/** Returns the encoding that the name of a vector file contains. */
function namedEncoding(file: string): Encoding {
  if (file.startsWith('tcvn5712')) return 'tcvn5712-1'
  if (file.startsWith('tcvn3') || file.startsWith('mixed')) return 'tcvn3'
  if (file.startsWith('vni')) return 'vni'
  if (file.startsWith('viscii')) return 'viscii'
  if (file.startsWith('vps')) return 'vps'
  return file.startsWith('cp1258') ? 'windows-1258' : 'utf-8'
}

/** Returns the text of a whole page. White space is folded, and no-break spaces become spaces. */
function wholeText(file: string, encoding: Encoding): string {
  const decoded = decodeFile(read(file), file, { encoding })
  const repair = createPageRepair(decoded, encoding)
  let text: string
  if (/<(?:html|body)\b/i.test(decoded.text)) {
    const { document } = parseHTML(decoded.text)
    if (repair.isNeeded(decoded.text)) repairDocumentEncoding(document, repair)
    text = [...document.querySelectorAll('h1, p')].map((element) => element.textContent ?? '').join('\n')
  } else text = entities(repair.repairLines(decoded.text))
  return folded(normalizeText(text, 'body').text)
}

function entities(text: string): string {
  return text.includes('&#') ? (parseHTML(`<p>${text}</p>`).document.querySelector('p')?.textContent ?? '') : text
}

function folded(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function expectedText({ file, expected }: { file: string; expected: string }): string {
  return folded(new TextDecoder().decode(read(expected.startsWith('itself') ? file : expected)))
}

const readable = rows.filter(({ expected }) => !expected.startsWith('-'))

describe.skipIf(rows.length === 0)('vectors of the manifest, in the encoding that the program detects', () => {
  it.each(readable)('the program detects the encoding of $file, and its text is $expected', (row) => {
    expect(wholeText(row.file, 'auto')).toBe(expectedText(row))
  })
})

describe.skipIf(rows.length === 0)('vectors of the manifest, in the encoding that the user chose', () => {
  it.each(readable)('the text of $file in the encoding that the user chose is $expected', (row) => {
    expect(wholeText(row.file, namedEncoding(row.file))).toBe(expectedText(row))
  })
})

describe.skipIf(rows.length === 0)('a bulletin made of a vector', () => {
  const seed = rows.length === 0 ? null : extractBulletin({ bytes: read('expected_full.utf8.txt'), name: 'a.txt' }).text
  const whole = readable.filter(({ file, expected }) => /^expected_full/.test(expected) && file.endsWith('.bin'))

  it.each(whole)('the bulletin of $file has the same fields as the bulletin of the clean page', ({ file }) => {
    const { text } = extractBulletin({ bytes: read(file), name: file })
    const asSpace = (field: string | null | undefined): string | undefined => field?.replaceAll('\u00a0', ' ')
    expect(asSpace(text.title)).toBe(asSpace(seed?.title))
    expect(asSpace(text.summary)).toBe(asSpace(seed?.summary))
    expect(asSpace(text.author)).toBe(asSpace(seed?.author))
    expect(asSpace(text.bodyText)).toBe(asSpace(seed?.bodyText))
    expect(text.figures.map(({ caption }) => asSpace(caption))).toEqual(
      seed?.figures.map(({ caption }) => asSpace(caption)),
    )
    expect(text.published).toEqual(seed?.published)
  })

  it('a bulletin made of the lossy vector marks every lost letter and guesses none', () => {
    const { text } = extractBulletin({ bytes: read('utf8_double_strict1252_LOSSY.bin'), name: 'lossy.txt' })
    const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
    const lost = fields.join('').match(/\ufffd/g)?.length ?? 0
    expect(text.decoding?.lost).toBe(lost)
    expect(lost).toBeGreaterThan(80)
    expect(text.title).toContain('\ufffdẩy mạnh phong trào thi đua')
    // All words without a lost letter also occur in the clean page.
    const known = folded(text.bodyText)
      .split(' ')
      .filter((word) => !word.includes('\ufffd'))
    expect(known.length).toBeGreaterThan(1000)
    const clean = new Set(expectedText({ file: '', expected: 'expected_full.utf8.txt' }).split(' '))
    expect(known.filter((word) => !clean.has(word))).toEqual([])
  })
})

it('the folder of vectors has more than 20 vectors', ({ skip }) => {
  if (rows.length === 0) skip(sharedIsAbsent)
  expect(rows.length).toBeGreaterThan(20)
})
