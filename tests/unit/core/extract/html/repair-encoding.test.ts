import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { repairDocumentEncoding } from '../../../../../src/core/extract/html/repair-encoding'
import { createPageRepair } from '../../../../../src/core/text/repair/page-repair'
import type { LegacyEncoding } from '../../../../../src/core/text/encoding/legacy-encodings'
import { westernOf } from '../../../support/legacy-text'

const tcvn3 = (text: string): string => westernOf(text, 'tcvn3')
const vni = (text: string): string => westernOf(text, 'vni')

/** Returns the HTML of a Unicode page's body after all runs of text were repaired. */
function repaired(html: string, { declared = null }: { declared?: LegacyEncoding | null } = {}): string {
  const { document } = parseHTML(/<body/.test(html) ? html : `<html><head></head><body>${html}</body></html>`)
  repairDocumentEncoding(document, createPageRepair({ isBytes: false, declared, guessed: null }, 'auto'))
  return document.body.innerHTML
}

it('repairDocumentEncoding repairs a page with text before its `<html>`', () => {
  const { document } = parseHTML(
    `<br><b>Notice</b><!DOCTYPE html><html><head></head><body><p>${tcvn3('tỉnh đã ban hành kế hoạch')}</p></body></html>`,
  )
  repairDocumentEncoding(document, createPageRepair({ isBytes: false, declared: null, guessed: null }, 'auto'))
  expect(document.querySelector('p')?.textContent).toBe('tỉnh đã ban hành kế hoạch')
})

const sentence = 'tỉnh đã ban hành kế hoạch triển khai công tác năm nay'

describe('repairDocumentEncoding, with a known font', () => {
  it.each<[string, string, string]>([
    [
      'the font in the attribute face',
      `<p><font face=".VnTime">${tcvn3('một')}</font></p>`,
      '<p><font face=".VnTime">một</font></p>',
    ],
    [
      'the font in the attribute style',
      `<p style="font-family: '.VnTime', Arial">${tcvn3('một')}</p>`,
      `<p style="font-family: '.VnTime', Arial">một</p>`,
    ],
    [
      'the font in the CSS property font',
      `<p style="font: bold 12pt .VnArial">${tcvn3('số')}</p>`,
      '<p style="font: bold 12pt .VnArial">số</p>',
    ],
    ['a VNI font', `<p style="font-family:VNI-Times">${vni('số')}</p>`, '<p style="font-family:VNI-Times">số</p>'],
    [
      'the font of an element around it',
      `<div style="font-family:.VnTime"><p>${tcvn3('bộ')} <b>${tcvn3('hộ')}</b></p></div>`,
      '<div style="font-family:.VnTime"><p>bộ <b>hộ</b></p></div>',
    ],
    [
      'the font of the innermost element only',
      `<div style="font-family:.VnTime"><p style="font-family:Arial">phô</p></div>`,
      '<div style="font-family:.VnTime"><p style="font-family:Arial">phô</p></div>',
    ],
    [
      'a font that shows capitals only',
      `<p><font face=".VnTimeH">${tcvn3('kế hoạch')} ubnd</font></p>`,
      '<p><font face=".VnTimeH">KẾ HOẠCH UBND</font></p>',
    ],
  ])('repairDocumentEncoding uses %s to repair a run of text', (_what, html, expected) => {
    expect(repaired(html)).toBe(expected)
  })

  it.each([
    ['p { font-family: .VnTime }', '<p>'],
    ['.MsoNormal, li.MsoNormal { margin: 0; font-family: ".VnTime" }', '<p class="MsoNormal">'],
    ['td #noi-dung { font: 12pt .VnTime }', '<p id="noi-dung">'],
    ['/* p { font-family: Arial } */ body { font-family: .VnTime; }', '<p>'],
  ])('repairDocumentEncoding repairs a run by the font in the style sheet %s', (sheet, tag) => {
    const html = `<html><head><style>${sheet}</style></head><body>${tag}${tcvn3('một')}</p></body></html>`
    expect(repaired(html)).toBe(`${tag}một</p>`)
  })
})

describe('repairDocumentEncoding, without a known font', () => {
  it('repairDocumentEncoding recognises the encoding from the letters of a run of text, even if the letters are written as entities', () => {
    const entities = tcvn3(sentence).replace(/[^\u0000-\u007f]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    expect(repaired(`<p>${tcvn3(sentence)}</p><p>${entities}</p>`)).toBe(`<p>${sentence}</p><p>${sentence}</p>`)
    expect(repaired('<p>k&Otilde; ho&sup1;ch n&shy;&iacute;c ta, &reg;&Ecirc;t n&shy;&iacute;c</p>')).toContain(
      'kế hoạch nước ta, đất nước',
    )
  })

  it('repairDocumentEncoding repairs a letter that an HTML tag splits, and keeps the tag', () => {
    const html = `<p>${vni(sentence)} <b>Ba</b><i>éc</i> Kaïn</p>`
    expect(repaired(html)).toBe(`<p>${sentence} <b>Bắ</b><i>c</i> Kạn</p>`)
  })

  it('repairDocumentEncoding repairs the title, visible attributes, the description and JSON-LD', () => {
    const { document } = parseHTML(
      `<html><head><title>${tcvn3(sentence)}</title><meta name="description" content="${tcvn3(sentence)}"><script type="application/ld+json">{"headline":"${tcvn3(sentence)}"}</script></head><body><p>${tcvn3(sentence)}</p><img alt="${tcvn3('một cuộc họp')}" src="a.jpg"></body></html>`,
    )
    repairDocumentEncoding(document, createPageRepair({ isBytes: false, declared: null, guessed: null }, 'auto'))
    expect(document.title).toBe(sentence)
    expect(document.querySelector('meta')?.getAttribute('content')).toBe(sentence)
    expect(document.querySelector('script')?.textContent).toBe(`{"headline":"${sentence}"}`)
    expect(document.querySelector('img')?.getAttribute('alt')).toBe('một cuộc họp')
  })

  it('repairDocumentEncoding does not repair scripts, styles and addresses', () => {
    const html = `<p>${tcvn3(sentence)}</p><script>"${tcvn3(sentence)}"</script><a href="/${tcvn3('kế')}">a</a>`
    expect(repaired(html)).toContain(`<script>"${tcvn3(sentence)}"</script><a href="/${tcvn3('kế')}">a</a>`)
  })
})

describe('createPageRepair, for clean and damaged pages', () => {
  const isNeeded = (html: string): boolean =>
    createPageRepair({ isBytes: false, declared: null, guessed: null }, 'auto').isNeeded(html)

  it.each([
    ['Vietnamese', `<p>“${sentence}” – Đảng bộ, chính quyền…</p><a href="https://a.gov.vn/vni-times">a.gov.vn</a>`],
    [
      'with entities',
      '<p>&nbsp;Ng&agrave;y 21/10, &ocirc;ng&nbsp;Tr&#7847;n &#272;&#7913;c &copy; 2020 &ndash; t&#234;n</p>',
    ],
    ['with Eth for Đ', '<p>Ðoàn thanh niên, ÐẠI HỘI, ðồng</p>'],
    [
      'with fonts of Unicode',
      '<p style="font-family: Roboto, Arial">Bắc Kạn</p><font face="Times New Roman">là</font>',
    ],
  ])('createPageRepair returns no repair for a clean page: %s', (_what, html) => {
    expect(isNeeded(html)).toBe(false)
  })

  it.each([
    ['TCVN3', tcvn3(sentence)],
    ['TCVN3 as entities', '<p>k&Otilde; ho&sup1;ch n&shy;&iacute;c</p>'],
    ['TCVN3 as numbers', 'ho&#185;ch'],
    ['VNI', vni(sentence)],
    ['VISCII', westernOf(sentence, 'viscii')],
    ['VPS', westernOf(sentence, 'vps')],
    ['windows-1258', westernOf(sentence, 'windows-1258')],
    ['UTF-8 encoded twice', Buffer.from(sentence).toString('latin1')],
    ['x-user-defined', 'k\uf7d5 ho\uf7b9ch'],
    ['a font that shows capitals only', '<font face=".VnTimeH">ubnd</font>'],
    ['a font in a style', '<p style="margin:0;font-family:&quot;VNI-Times&quot;">ubnd</p>'],
  ])('control: createPageRepair returns a repair for a damaged page: %s', (_what, html) => {
    expect(isNeeded(html)).toBe(true)
  })

  it('repairDocumentEncoding leaves a clean page unchanged', () => {
    const html = `<p>${sentence}</p><p>Cà Mau</p><button>×</button><p>Müller, Señor, 12 km², 5 µm, ABC®</p><p>là</p>`
    expect(repaired(html)).toBe(html)
  })
})
