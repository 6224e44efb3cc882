import { describe, expect, it } from 'vitest'
import { createBulletinPage } from '../../../../../src/core/library/store/bulletin-page'
import { createSanitizer } from '../../../../../src/core/text/sanitize-task'
import { type Bulletin, defaultStatus } from '../../../../../src/shared/bulletin'

const hostile = '"><script>x</script>\'&'
const bulletin = (given: Partial<Bulletin> = {}): Bulletin => ({
  id: '0123456789abcdef',
  title: 'Tin',
  summary: null,
  author: null,
  publishedAt: '2020-09-08',
  published: { value: '2020-09-08', precision: 'day', asWritten: null, from: 'text' },
  language: 'vi',
  source: { id: null, name: 'UBND xã', host: null },
  url: null,
  goneSince: null,
  pictures: [],
  bodyHtml: '<p>Nội dung</p>',
  bodyText: 'Nội dung',
  figures: [],
  attachments: [],
  missing: [],
  currentRevision: 1,
  repairs: [],
  revision: { number: 1, cause: 'first-capture', capturedAt: '2026-11-24T03:15:00.000Z', digest: '' },
  captures: [],
  status: defaultStatus,
  ...given,
})

describe('index.html of a bulletin', () => {
  it('createBulletinPage escapes the HTML characters of every text field', async () => {
    const page = await createBulletinPage(
      bulletin({
        title: hostile,
        summary: hostile,
        author: hostile,
        url: hostile,
        source: { id: null, name: hostile, host: null },
        published: { value: hostile, precision: 'day', asWritten: null, from: 'text' },
        attachments: [{ file: hostile, name: hostile, type: 'x', bytes: 1 }],
      }),
      createSanitizer(null),
    )
    expect(page).not.toContain('<script')
    expect(page.split('&#60;script&#62;').length - 1).toBe(8)
  })

  it.each([
    ['2020-09-08', '08/09/2020'],
    ['2020-09', '09/2020'],
    ['2020-09-08T14:30:00+07:00', '08/09/2020 14:30'],
  ])('createBulletinPage formats the date %s as %s', async (value, written) => {
    const published = { value, precision: 'day', asWritten: null, from: 'text' } as const
    expect(await createBulletinPage(bulletin({ published }), createSanitizer(null))).toContain(
      `<p class="date">${written}</p>`,
    )
  })

  it('createBulletinPage links to the attached files and to no other address', async () => {
    const attachments = [{ file: 'ab.pdf', name: 'Quyết định số 1.pdf', type: 'application/pdf', bytes: 1 }]
    const page = await createBulletinPage(bulletin({ attachments, url: 'https://a.gov.vn/1' }), createSanitizer(null))
    expect(page).toContain('<a href="files/ab.pdf">Quyết định số 1.pdf</a>')
    expect(page.match(/(?:href|src)="[^"]*"/g)).toEqual(['href="files/ab.pdf"'])
    expect(page).toContain('https://a.gov.vn/1')
  })
})
