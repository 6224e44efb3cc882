import { describe, expect, it } from 'vitest'
import { extracted, pageOf } from '../../../support/extract'

const title = 'Khai mạc giải bóng chuyền các thôn'
const short = 'Chiều nay khai mạc giải.'
const page = (body: string, head: string): (() => unknown) => {
  return () => extracted(pageOf(body, head))
}

describe('extractBulletin, with a page that is not an article', () => {
  it.each<[string, string, string, string]>([
    [
      'checks the browser',
      'challenge-page',
      '<div><p>Checking your browser before accessing.</p></div>',
      '<title>Just a moment...</title>',
    ],
    [
      'sets a cookie with a script',
      'challenge-page',
      '<div></div><script>function toNumbers(d){}document.cookie="a=1";location.href="/?i=1"</script>',
      '<title>Xã Mẫu</title>',
    ],
    [
      'leads to another page',
      'redirect-page',
      '<p>Đang chuyển hướng, xin chờ trong giây lát...</p>',
      '<title>Xã Mẫu</title>',
    ],
    [
      'says that the article does not exist',
      'missing-page',
      '<h1>Không tìm thấy trang</h1><p>Bài viết không tồn tại hoặc đã bị gỡ.</p>',
      '<title>404 - Xã Mẫu</title>',
    ],
    [
      'shows its text only with a script',
      'script-page',
      '<div id="app"></div><script src="/a.js"></script>',
      '<title>Xã Mẫu</title>',
    ],
    ['has no text', 'no-text', '<div></div>', '<title>Xã Mẫu</title>'],
  ])('the extraction refuses a page that %s', (_what, code, body, head) => {
    expect(page(body, head)).toThrow(expect.objectContaining({ code }))
  })

  it.each<[string, string]>([
    [
      'about a page that was not found',
      `<h1>${title}</h1><p>Không tìm thấy trang bìa của sổ, ban tổ chức làm lại sổ mới.</p>`,
    ],
    ['with one short line', `<h1>${title}</h1><p>${short}</p>`],
    ['with a picture only', `<h1>${title}</h1><div><p><img src="/a.jpg" alt=""></p></div>`],
  ])('the extraction keeps an article %s', (_what, body) => {
    expect(extracted(pageOf(body, `<title>${title}</title>`)).text.title).toBe(title)
  })
})

describe('extractBulletin, with a body whose text the rules would remove completely', () => {
  it('the extraction reads the page with fewer rules, and then keeps all visible text if the body is still empty', () => {
    const lines = ['Sân vận động xã, 14 giờ.', 'Mười hai đội dự giải.', 'Lệ phí: không.']
    const html = pageOf(
      `<h1>${title}</h1><nav>${lines.map((line) => `<p><a href="/x${line.length}">${line}</a></p>`).join('')}</nav>`,
    )
    expect(extracted(html).text.bodyText.split('\n\n')).toEqual(expect.arrayContaining(lines))
  })
})
