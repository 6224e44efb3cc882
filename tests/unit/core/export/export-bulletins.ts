import type { ExportContext, ExportItem } from '../../../../src/core/export/format'
import { type Bulletin, defaultStatus } from '../../../../src/shared/bulletin'
import { exportDefaults, type ExportOptions } from '../../../../src/shared/export/export-formats'
import { translate } from '../../../../src/shared/locales/translate'

/** The name of a stored picture, which is a PNG of one pixel. */
export const pictureName = `${'0123456789abcdef'.repeat(2)}.png`
export const pictureBytes = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Returns a bulletin with a picture, a table, a note and a highlight. */
export function bulletin(changed: Partial<Bulletin> = {}): Bulletin {
  return {
    id: '0123456789abcdef',
    title: 'Họp phiên thường kỳ tháng 9',
    summary: 'Sáng nay, huyện họp phiên thường kỳ.',
    author: 'Hà Nhung - Phó Chủ tịch',
    publishedAt: '2020-09-08',
    published: { value: '2020-09-08', precision: 'day', asWritten: null, from: 'text' },
    language: 'vi',
    source: { id: null, name: 'UBND huyện', host: null },
    url: 'https://huyen.example/tin/1?a=1&b=2',
    goneSince: null,
    pictures: [],
    bodyHtml: `<p>Hội trường &amp; sân.</p><figure><img src="files/${pictureName}" alt="Quang cảnh" /><figcaption>Quang cảnh phiên họp</figcaption></figure><table><tbody><tr><td>Xã</td><td>Hộ</td></tr><tr><td>Bản Vẹn</td><td>1.250</td></tr></tbody></table><p>Diện tích 5 m<sup>2</sup>, <s>bỏ</s> và CO<sub>2</sub>./.</p>`,
    bodyText: 'Hội trường & sân.\n\nDiện tích 5 m2, bỏ và CO2./.',
    figures: [{ file: pictureName, caption: 'Quang cảnh phiên họp', alt: 'Quang cảnh' }],
    attachments: [{ file: `${'0'.repeat(32)}.pdf`, name: 'Kế hoạch.pdf', type: 'application/pdf', bytes: 1 }],
    missing: [],
    repairs: [],
    revision: { number: 1, cause: 'first-capture', capturedAt: '2026-11-24T03:15:00.000Z', digest: 'ab'.repeat(32) },
    currentRevision: 1,
    captures: [],
    status: {
      ...defaultStatus,
      tags: ['họp'],
      highlights: [{ id: 'tomau001', passage: passage('Hội trường'), revision: 1, made: '2026-11-24T03:15:00Z' }],
      notes: [
        {
          ...{ id: 'ghichu01', passage: passage('Diện tích'), revision: 1, made: '2026-11-24T03:15:00Z' },
          ...{ text: 'Đo lại ở sân', changed: '2026-11-24T03:15:00Z' },
        },
      ],
    },
    ...changed,
  }
}

function passage(quote: string): Bulletin['status']['notes'][number]['passage'] {
  return { quote, prefix: '', suffix: '', start: 0 }
}

/** Returns the bulletin with its picture, in the form in which a job passes a bulletin to a format. */
export function item(changed: Partial<Bulletin> = {}): ExportItem {
  return { bulletin: bulletin(changed), pictures: new Map([[pictureName, pictureBytes]]) }
}

/** Returns the context that a job passes to a format. */
export function context(options: Partial<ExportOptions> = {}, title = 'Sách'): ExportContext {
  return {
    options: { ...exportDefaults, ...options },
    say: (key, values) => translate('vi', key, values),
    stylesheet: '.bulletin { color: black }',
    title,
    now: new Date('2026-11-24T03:15:00Z'),
  }
}

/** A text that runs a script or breaks the file if a format does not escape it. */
export const hostileText = `"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'\u0000\u0001\uFFFE\uD800]]>--><!--\n# a\n| b |`

/** Returns a bulletin with {@link hostileText} in every field. */
export function hostileItem(): ExportItem {
  const text = hostileText
  const exported = item()
  const { notes, highlights } = exported.bulletin.status
  return item({
    ...{ title: text, summary: text, author: `${text} - ${text}`, url: text, bodyText: text },
    bodyHtml: `<figure><img src="files/${pictureName}" alt="${text.replaceAll('"', '&quot;')}"></figure><p><a href="javascript:alert(1)">x</a><b><i>lệch</b></i><td>ô${text}`,
    source: { id: null, name: text, host: text },
    published: { value: text, precision: 'day', asWritten: text, from: 'text' },
    publishedAt: text,
    attachments: [{ file: text, name: text, type: text, bytes: 1 }],
    figures: [{ file: null, caption: text, alt: text }],
    status: {
      ...exported.bulletin.status,
      notes: notes.map((note) => ({ ...note, text, passage: { ...note.passage, quote: text } })),
      highlights: highlights.map((each) => ({ ...each, passage: { ...each.passage, quote: 'alert' } })),
    },
  })
}
