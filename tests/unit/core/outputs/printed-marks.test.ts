import { describe, expect, it } from 'vitest'
import { createEdition } from '../../../../src/core/print/edition'
import { markParts } from '../../../../src/core/outputs/printed-marks'
import type { Bulletin, Highlight, Note } from '../../../../src/shared/bulletin'
import { printDefaults } from '../../../../src/shared/print/print-defaults'
import { defaultStatus } from '../../../../src/shared/bulletin'
import { additionOf } from '../../support/library'

const createdAt = '2026-11-24T03:15:00.000Z'
const highlight = (quote: string): Highlight => ({
  id: `mark${quote.length}abcd`,
  passage: { quote, prefix: '', suffix: '', start: 0 },
  revision: 1,
  made: createdAt,
})
const note = (quote: string, text: string): Note => ({ ...highlight(quote), text, changed: createdAt })
const bulletin = (given: Partial<Bulletin>): Bulletin => ({
  ...additionOf().text,
  id: '0123456789abcdef',
  publishedAt: null,
  source: { id: null, name: null, host: null },
  url: null,
  revision: { number: 1, cause: 'first-capture', capturedAt: createdAt, digest: 'ab'.repeat(32) },
  currentRevision: 1,
  goneSince: null,
  pictures: [],
  missing: [],
  captures: [],
  status: defaultStatus,
  ...given,
})
const body = '<p>Sở NN&amp;PTNT <b>tỉnh</b> họp.</p><p>Thu 5 &lt; 7 tỷ.</p>'
const both = { highlights: true, notes: true }

describe('markParts', () => {
  it.each<[string, Highlight[], Note[], string]>([
    [
      'marks a highlight',
      [highlight('họp')],
      [],
      '<p>Sở NN&amp;PTNT <b>tỉnh</b> <mark>họp</mark>.</p><p>Thu 5 &lt; 7 tỷ.</p>',
    ],
    [
      'marks each stretch of a highlight that crosses elements and paragraphs',
      [highlight('tỉnh họp. Thu')],
      [],
      '<p>Sở NN&amp;PTNT <b><mark>tỉnh</mark></b><mark> họp.</mark></p><p><mark>Thu</mark> 5 &lt; 7 tỷ.</p>',
    ],
    [
      'marks characters that HTML writes as references',
      [highlight('NN&PTNT'), highlight('5 < 7')],
      [],
      '<p>Sở <mark>NN&amp;PTNT</mark> <b>tỉnh</b> họp.</p><p>Thu <mark>5 &lt; 7</mark> tỷ.</p>',
    ],
    [
      'marks a note and adds its number',
      [],
      [note('tỷ', 'xem lại')],
      '<p>Sở NN&amp;PTNT <b>tỉnh</b> họp.</p><p>Thu 5 &lt; 7 <mark>tỷ</mark><sup class="note-number">1</sup>.</p>',
    ],
  ])('markParts %s', (_name, highlights, notes, expected) => {
    const parts = markParts(bulletin({ title: 'Tin', status: { ...defaultStatus, highlights, notes } }), body, both)
    expect(parts.body).toBe(expected)
  })

  it('markParts marks title, summary and author, and numbers the notes in the order of the text', () => {
    const given = bulletin({
      title: 'Một <tin>',
      summary: 'Tóm tắt.',
      author: 'Lý Thái Hải - Phó Bí thư',
      status: {
        ...defaultStatus,
        notes: [note('Thái Hải - Phó', 'ai?'), note('Tóm tắt', 'dài'), note('đã mất rồi', 'còn')],
      },
    })
    const parts = markParts(given, body, both)
    expect(parts.title).toBe('Một &#60;tin&#62;')
    expect(parts.summary).toBe('<mark>Tóm tắt</mark><sup class="note-number">1</sup>.')
    expect(parts.author).toEqual([
      'Lý <mark>Thái Hải</mark>',
      '<mark>Phó</mark><sup class="note-number">2</sup> Bí thư',
    ])
    expect(parts.notes.map(({ note: { text }, isFound }) => [text, isFound])).toEqual([
      ['dài', true],
      ['ai?', true],
      ['còn', false],
    ])
  })

  it('markParts adds no marks if the options exclude highlights and notes', () => {
    const status = { ...defaultStatus, highlights: [highlight('họp')], notes: [note('tỷ', 'xem')] }
    expect(markParts(bulletin({ status }), body, { highlights: false, notes: false })).toMatchObject({
      body,
      notes: [],
    })
  })

  it('markParts adds marks to an edition, and escapes the text of a note', () => {
    const status = {
      ...defaultStatus,
      highlights: [highlight('họp')],
      notes: [note('tỷ', '<script>alert(1)</script>')],
    }
    const edition = (marks: typeof both): string =>
      createEdition([bulletin({ bodyHtml: body, status })], {
        language: 'vi',
        options: { ...printDefaults.a4, ...marks },
        stylesheets: [],
        mediaPath: () => '',
        printButton: false,
        firstPages: null,
        part: null,
      })
    expect(edition(both)).toContain('<mark>họp</mark>')
    expect(edition(both)).toContain('<li>&#60;script&#62;alert(1)&#60;/script&#62;</li>')
    expect(edition({ highlights: false, notes: false })).not.toMatch(/<mark>|class="notes"/)
  })
})
