import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The reason why PDFs can't be read on this machine. Null if PDFs can be read. */
export const noPdfText: string | null = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'pipe' })
    return null
  } catch {
    return 'pdftotext is not installed (Debian: poppler-utils)'
  }
})()

/** Returns the text of each page of a PDF, and all words of the PDF in reading order. */
export function wordsOfPdf(pdf: Buffer): { pages: string[]; words: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'bantin-pdf-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, pdf)
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    const pages = text.split('\f').slice(0, -1)
    return { pages, words: wordsOf(text) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Returns the words of a text, reduced to letters and digits. A printed page has other line breaks and quotes, so these
 * are left out of the comparison.
 */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Returns the first expected word that is missing or out of order. Returns null if all words are there in order. */
export function firstMissingWord(wanted: readonly string[], words: readonly string[]): string | null {
  let at = 0
  for (const word of wanted) {
    at = words.indexOf(word, at) + 1
    if (at === 0) return word
  }
  return null
}
