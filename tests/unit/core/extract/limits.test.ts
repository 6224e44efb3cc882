import { describe, expect, it } from 'vitest'
import { checkHtmlLimits, htmlLimits } from '../../../../src/core/extract/limits'

const tooComplex: unknown = expect.objectContaining({
  name: 'AppError',
  code: 'too-complex',
  details: { name: 'a.html' },
})
const check = (html: string) => () => checkHtmlLimits(html, 'a.html')

describe('checkHtmlLimits, within the limits', () => {
  it.each<[string, string]>([
    ['an ordinary page', '<html><body><p class="a">Một</p><img src="b"></body></html>'],
    ['nesting up to the limit', '<div>'.repeat(htmlLimits.maxDepth)],
    ['a thousand attributes', `<p ${Array.from({ length: htmlLimits.maxAttributes }, (_, at) => `a${at}`).join(' ')}>`],
    ['many paragraphs without end tags', '<p>a'.repeat(90_000)],
    [
      'many list items, rows and cells without end tags',
      `<ul>${'<li>a'.repeat(1000)}</ul><table>${'<tr><td>a<td>b'.repeat(1000)}`,
    ],
    ['many void elements', 'a<br>'.repeat(60_000)],
    ['a script full of tags', `<script>${'"<div>"'.repeat(300_000)}</script>`],
    ['a comment full of tags', `<!-- ${'<div>'.repeat(300_000)} -->`],
    ['an entity for every letter', '&#7843;'.repeat(300_000)],
    ['an empty text', ''],
    ['a loose "<"', 'a < b && c <<< d'],
  ])('checkHtmlLimits accepts %s', (_what, html) => {
    expect(check(html)).not.toThrow()
  })
})

describe('checkHtmlLimits, beyond a limit', () => {
  const many = '<div>'.repeat(1_000_000)
  it.each<[string, string]>([
    ['one level too deep', '<div>'.repeat(htmlLimits.maxDepth + 1)],
    ['a million nested elements', many],
    ['nested inline elements', '<b><i>'.repeat(300)],
    ['nested tables', '<table><tr><td>'.repeat(200)],
    ['nesting in unknown elements', '<x-a>'.repeat(600)],
    ['nesting with attributes that contain ">"', '<div title=">">'.repeat(600)],
    ['nesting in capitals', '<DIV>'.repeat(600)],
    ['nesting after an empty comment', `<!-->${'<div>'.repeat(600)}-->`],
    ['nesting after a script element inside svg', `<svg><script/>${'<g>'.repeat(600)}`],
    ['nesting inside noscript', `<noscript>${'<div>'.repeat(600)}</noscript>`],
    ['too many elements', '<p>a</p>'.repeat(150_000)],
    ['too many void elements', '<br>'.repeat(200_001)],
    ['too many comments', '<!---->'.repeat(200_001)],
    ['too many attributes', `<p ${'a '.repeat(htmlLimits.maxAttributes + 1)}>`],
    ['a tag that never ends', `<p ${'a=b '.repeat(100_000)}`],
  ])('checkHtmlLimits rejects %s', (_what, html) => {
    expect(check(html)).toThrow(tooComplex)
  })
})
