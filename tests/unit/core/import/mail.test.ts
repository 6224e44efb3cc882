import { describe, expect, it } from 'vitest'
import { body, folderOf, get, html, importAll, imported, openApp } from '../../support/import'
import { pdf, png } from '../../support/portal'

const word = (text: string, kind: 'B' | 'Q' = 'B'): string =>
  kind === 'B'
    ? `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
    : `=?UTF-8?q?${[...Buffer.from(text)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')}?=`
const subject = 'Thông báo lịch tiêm phòng'
const head = (type: string, title = word(subject)): string[] => [
  'Received: from mail.example.vn',
  `From: ${word('Trạm Y tế xã Nam Mẫu')} <tyt@nammau.example.vn>`,
  'To: bantin@example.vn',
  `Subject: ${title}`,
  'Date: Wed, 06 Aug 2025 07:15:00 +0000',
  'MIME-Version: 1.0',
  `Content-Type: ${type}`,
]
const base64 = (content: string | Uint8Array): string =>
  Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')
const message = (...lines: string[]): string => lines.join('\r\n')
const part = (headers: string[], content: string): string[] => [
  '--b',
  ...headers,
  'Content-Transfer-Encoding: base64',
  '',
  content,
]
const page = html('')
const mailHtml = `<html><body>${body.map((text) => `<p>${text}</p>`).join('')}</body></html>`

describe('import of a mail', () => {
  it.each<[string, string]>([
    [
      'HTML only',
      message(...head('text/html; charset=utf-8'), 'Content-Transfer-Encoding: base64', '', base64(mailHtml)),
    ],
    [
      'plain text only',
      message(
        ...head('text/plain; charset=utf-8'),
        'Content-Transfer-Encoding: base64',
        '',
        base64(body.join('\r\n\r\n')),
      ),
    ],
    [
      'alternatives',
      message(
        ...head('multipart/alternative; boundary=b'),
        '',
        ...part(['Content-Type: text/plain; charset=utf-8'], base64('ngắn')),
        ...part(['Content-Type: text/html; charset=utf-8'], base64(mailHtml)),
        '--b--',
      ),
    ],
    [
      'a subject in quoted words',
      message(
        ...head('text/html; charset=utf-8', `${word('Thông báo ', 'Q')}\r\n ${word('lịch tiêm phòng', 'Q')}`),
        'Content-Transfer-Encoding: base64',
        '',
        base64(mailHtml),
      ),
    ],
    [
      'a subject in raw UTF-8',
      message(...head('text/html; charset=utf-8', subject), 'Content-Transfer-Encoding: base64', '', base64(mailHtml)),
    ],
    [
      'related parts',
      message(
        ...head('multipart/related; boundary="b"'),
        '',
        ...part(['Content-Type: text/html; charset=utf-8'], base64(mailHtml)),
        '--b--',
      ),
    ],
  ])('an imported mail with %s has the subject, sender, date and text of the mail', async (_name, mail) => {
    const bulletin = await imported({ 'thu.eml': mail }, 'thu.eml')
    expect(bulletin).toMatchObject({
      title: subject,
      author: 'Trạm Y tế xã Nam Mẫu',
      publishedAt: '2025-08-06T14:15:00+07:00',
    })
    for (const text of body) expect(bulletin.bodyText).toContain(text)
    expect(bulletin.bodyText).not.toContain('Tác giả:')
  })

  it.each([
    ['a name', 'attachment; filename="lich.pdf"', 'lich.pdf'],
    ['an encoded name', `attachment; filename="${word('lịch tiêm.pdf')}"`, 'lịch tiêm.pdf'],
    ['a name of RFC 2231', `attachment; filename*=UTF-8''${encodeURIComponent('lịch tiêm.pdf')}`, 'lịch tiêm.pdf'],
    ['a name in pieces', `attachment; filename*0*=UTF-8''l%E1%BB%8Bch; filename*1*=%20ti%C3%AAm.pdf`, 'lịch tiêm.pdf'],
  ])(
    'the attached file of an imported mail is stored under its name if the mail has %s',
    async (_name, disposition, name) => {
      const mail = message(
        ...head('multipart/mixed; boundary=b'),
        '',
        ...part(['Content-Type: text/html; charset=utf-8'], base64(mailHtml)),
        ...part(['Content-Type: application/pdf', `Content-Disposition: ${disposition}`], base64(pdf)),
        '--b--',
      )
      const bulletin = await imported({ 'thu.eml': mail }, 'thu.eml')
      expect(bulletin.attachments).toMatchObject([{ name, type: 'application/pdf' }])
      expect(bulletin.missing).toEqual([])
    },
  )

  it.each([
    ['cid:Anh1@x', '<anh1@X>'],
    ['CID:anh1@x', '<Anh1@x>'],
    ['cid:anh%31@x', '<anh1@x>'],
  ])(
    'an imported mail shows the picture that its text references as %s and its part declares as %s',
    async (reference, id) => {
      const withPicture = page.replace('</h1>', `</h1><img src="${reference}" alt="Tiêm">`)
      const mail = message(
        ...head('multipart/related; boundary=b'),
        '',
        ...part(['Content-Type: text/html; charset=utf-8'], base64(withPicture)),
        ...part(['Content-Type: image/png', `Content-ID: ${id}`], base64(png)),
        '--b--',
      )
      const bulletin = await imported({ 'thu.eml': mail }, 'thu.eml')
      expect(bulletin.figures.map(({ file }) => file)).toEqual([expect.stringMatching(/\.png$/)])
    },
  )

  it('a mail in an imported folder is imported', async () => {
    const mail = message(...head('text/html; charset=utf-8'), 'Content-Transfer-Encoding: base64', '', base64(mailHtml))
    const app = await openApp()
    const { added } = await importAll(app, [await folderOf({ 'a/thu.eml': mail })])
    expect((await get(app, added[0]?.id)).title).toBe(subject)
  })
})
