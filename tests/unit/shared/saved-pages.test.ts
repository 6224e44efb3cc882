import { describe, expect, it } from 'vitest'
import { groupSavedPages, isPartReference, isPartsFolder } from '../../../src/shared/saved-pages'

/** Each page with the references of its parts. */
function grouped(...paths: string[]): Record<string, string[]> {
  const pages = groupSavedPages(paths.map((path) => ({ path })))
  return Object.fromEntries(pages.map(({ file, parts }) => [file.path, parts.map(({ reference }) => reference)]))
}

describe('files that were saved with a page', () => {
  it.each([
    ['stand in its folder', ['a.html', 'a_files/x.png'], { 'a.html': ['a_files/x.png'] }],
    ['stand deeper in it', ['a.htm', 'a_files/css/x.png'], { 'a.htm': ['a_files/css/x.png'] }],
    ['stand below other folders', ['k/a.html', 'k/a_files/x.png'], { 'k/a.html': ['a_files/x.png'] }],
    ['may be pages themselves', ['a.html', 'a_files/b.html'], { 'a.html': ['a_files/b.html'] }],
    ['have folders in any case', ['Tin.HTML', 'tin_Files/x.png'], { 'Tin.HTML': ['tin_Files/x.png'] }],
    [
      'belong to the page of that name alone',
      ['a.html', 'b.html', 'a_files/x.png', 'b_files/x.png'],
      { 'a.html': ['a_files/x.png'], 'b.html': ['b_files/x.png'] },
    ],
    [
      'are not those of a page in another folder',
      ['k/a.html', 'a_files/b.html'],
      { 'k/a.html': [], 'a_files/b.html': [] },
    ],
    [
      'are offered to a renamed page, whose pages stay pages',
      ['moi.html', 'a_files/x.png', 'a_files/b.html'],
      { 'moi.html': ['a_files/x.png', 'a_files/b.html'], 'a_files/b.html': [] },
    ],
    ['use backslashes on Windows', ['C:\\t\\a.html', 'C:\\t\\a_files\\x.png'], { 'C:\\t\\a.html': ['a_files/x.png'] }],
    ['are none of a text', ['a.txt', 'a_files/x.html'], { 'a.txt': [], 'a_files/x.html': [] }],
    [
      'lie beside a document of ours under their hashes',
      ['tin.json', `files/${'0'.repeat(32)}.html`, 'files/khac.html'],
      { 'tin.json': [`files/${'0'.repeat(32)}.html`], 'files/khac.html': [] },
    ],
  ])('%s', (_sentence, paths, expected) => {
    expect(grouped(...paths)).toEqual(expected)
  })

  it.each(['Trang_files', 'Trang.files', 'Trang-Dateien', 'Trang_tệp', 'Trang_tệp'.normalize('NFD'), 'Trang_fichiers'])(
    'are looked for in %s',
    (name) => expect(isPartsFolder(name)).toBe(true),
  )

  it.each(['files', 'hồ sơ', 'my files', 'a_files.zip', 'profiles'])('are not looked for in %s', (name) =>
    expect(isPartsFolder(name)).toBe(false),
  )

  it.each([
    ['./a_files/x.png', true],
    ['T%C3%AAn%20a_files/x.png', true],
    ['a_files', false],
    ['anh/x.png', false],
    ['../a_files/x.png', false],
    ['https://a_files/x.png', false],
  ])('a reference %s leads there: %s', (reference, expected) => {
    expect(isPartReference(reference)).toBe(expected)
  })
})
