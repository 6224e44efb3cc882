import { describe, expect, it } from 'vitest'
import { fitTables } from '../../../../src/core/print/fit-tables'

const room = { columnEm: 40, pageEm: 40, sizePt: 13 }
const row = (tag: 'td' | 'th', cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`

describe('fitTables', () => {
  it.each([
    ['a row of th', `<table><tbody>${row('th', ['A', 'B'])}${row('td', ['1', '2'])}</tbody></table>`],
    [
      'a row of bold cells',
      `<table><tbody>${row('td', ['<strong>A</strong>', '<b>B</b>'])}${row('td', ['1', '2'])}</tbody></table>`,
    ],
    ['a row without tbody', `<table>${row('th', ['A', 'B'])}${row('td', ['1', '2'])}</table>`],
  ])('fitTables turns %s into a repeated head', (_name, html) => {
    const prepared = fitTables(html, room)
    expect(prepared).toMatch(/<thead><tr>.*A.*B.*<\/tr><\/thead>(?:<tbody>)?<tr><td>1/)
    expect(prepared.match(/<tbody>/g)?.length ?? 0).toBe(prepared.match(/<\/tbody>/g)?.length ?? 0)
  })

  it('fitTables turns two rows into a repeated head if a cell spans both rows', () => {
    const head = '<tr><th rowspan="2">A</th><th>B</th></tr><tr><th>C</th></tr>'
    const prepared = fitTables(`<table><tbody>${head}${row('td', ['1', '2'])}</tbody></table>`, room)
    expect(prepared).toContain(`<thead>${head}</thead><tbody><tr><td>1`)
  })

  it.each([
    ['without a head', `<table><tbody>${row('td', ['a', 'b'])}${row('td', ['1', '2'])}</tbody></table>`],
    ['with no rows after its head', `<table><tbody>${row('th', ['a', 'b'])}</tbody></table>`],
    [
      'with its own `<thead>`',
      `<table><thead>${row('th', ['a'])}</thead><tbody>${row('th', ['b'])}${row('td', ['1'])}</tbody></table>`,
    ],
    [
      'with only empty cells in its head',
      `<table><tbody>${row('td', ['', ''])}${row('td', ['1', '2'])}</tbody></table>`,
    ],
  ])('fitTables adds no head to a table %s', (_name, html) => {
    expect(fitTables(html, room).replace(/<table class="[^"]*">/, '<table>')).toBe(html)
  })

  it.each([
    [2, 'fit-90'],
    [10, 'fit-80'],
    [16, 'fit-50'],
    [60, 'fit-40 fit-break'],
  ])('fitTables adds the classes that make a table of %i columns fit: %s', (columns, sizes) => {
    const cells = Array.from({ length: columns }, () => 'nghiêng')
    expect(fitTables(`<table><tbody>${row('td', cells)}</tbody></table>`, room)).toContain(`class="${sizes}"`)
  })

  it('fitTables lets a wide table span both columns of a digest', () => {
    const cells = Array.from({ length: 8 }, () => 'nghiêng')
    const prepared = fitTables(`<table><tbody>${row('td', cells)}</tbody></table>`, { ...room, columnEm: 19 })
    expect(prepared).toContain('spans"')
  })

  it('fitTables keeps every word, including the words of nested tables', () => {
    const inner = `<table><tbody>${row('th', ['x'])}${row('td', ['y'])}</tbody></table>`
    const html = `<p>a</p><table><tbody>${row('td', ['1', inner])}${row('td', ['2', 'z'])}</tbody></table><p>b</p>`
    const words = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    expect(words(fitTables(html, room))).toBe(words(html))
  })
})
