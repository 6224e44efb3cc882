import { describe, expect, it } from 'vitest'
import { groupSavedPages, isPartReference, isPartsFolder } from '../../../src/shared/saved-pages'

/** Returns the references of the parts of each page. */
function grouped(...paths: string[]): Record<string, string[]> {
  const pages = groupSavedPages(paths.map((path) => ({ path })))
  return Object.fromEntries(pages.map(({ file, parts }) => [file.path, parts.map(({ reference }) => reference)]))
}

describe('groupSavedPages', () => {
  it.each([
    ['finds parts in the folder of a page', ['a.html', 'a_files/x.png'], { 'a.html': ['a_files/x.png'] }],
    ['finds parts in a deeper folder', ['a.htm', 'a_files/css/x.png'], { 'a.htm': ['a_files/css/x.png'] }],
    ['finds parts of a page in a folder', ['k/a.html', 'k/a_files/x.png'], { 'k/a.html': ['a_files/x.png'] }],
    ['treats pages in the parts folder as parts', ['a.html', 'a_files/b.html'], { 'a.html': ['a_files/b.html'] }],
    ['ignores case in the names of folders', ['Tin.HTML', 'tin_Files/x.png'], { 'Tin.HTML': ['tin_Files/x.png'] }],
    [
      'gives parts only to the page of the same name',
      ['a.html', 'b.html', 'a_files/x.png', 'b_files/x.png'],
      { 'a.html': ['a_files/x.png'], 'b.html': ['b_files/x.png'] },
    ],
    [
      'gives no parts to a page in another folder',
      ['k/a.html', 'a_files/b.html'],
      { 'k/a.html': [], 'a_files/b.html': [] },
    ],
    [
      'gives parts to a renamed page and also keeps the pages among these parts as pages',
      ['moi.html', 'a_files/x.png', 'a_files/b.html'],
      { 'moi.html': ['a_files/x.png', 'a_files/b.html'], 'a_files/b.html': [] },
    ],
    ['accepts backslashes', ['C:\\t\\a.html', 'C:\\t\\a_files\\x.png'], { 'C:\\t\\a.html': ['a_files/x.png'] }],
    ['gives no parts to a text file', ['a.txt', 'a_files/x.html'], { 'a.txt': [], 'a_files/x.html': [] }],
    [
      'finds the files beside a bulletin document by their hashes',
      ['tin.json', `files/${'0'.repeat(32)}.html`, 'files/khac.html'],
      { 'tin.json': [`files/${'0'.repeat(32)}.html`], 'files/khac.html': [] },
    ],
  ])('groupSavedPages %s', (_sentence, paths, expected) => {
    expect(grouped(...paths)).toEqual(expected)
  })

  it.each(['Trang_files', 'Trang.files', 'Trang-Dateien', 'Trang_tệp', 'Trang_tệp'.normalize('NFD'), 'Trang_fichiers'])(
    'isPartsFolder accepts %s as a parts folder',
    (name) => expect(isPartsFolder(name)).toBe(true),
  )

  it.each(['files', 'hồ sơ', 'my files', 'a_files.zip', 'profiles'])(
    'isPartsFolder does not accept %s as a parts folder',
    (name) => expect(isPartsFolder(name)).toBe(false),
  )

  it.each([
    ['./a_files/x.png', true],
    ['T%C3%AAn%20a_files/x.png', true],
    ['a_files', false],
    ['anh/x.png', false],
    ['../a_files/x.png', false],
    ['https://a_files/x.png', false],
  ])(
    'for the reference %s, isPartReference returns whether it leads into a parts folder: %s',
    (reference, expected) => {
      expect(isPartReference(reference)).toBe(expected)
    },
  )
})
