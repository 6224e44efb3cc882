import { describe, expect, it } from 'vitest'
import { extracted, pageOf, paragraphsOf } from '../../../support/extract'

const title = 'Hợp tác xã Pác Ngòi thu hoạch ba mươi tấn dưa lưới'
const body = [
  'Sáng mồng sáu, hợp tác xã Pác Ngòi bắt đầu cắt lứa dưa lưới đầu tiên trồng trong nhà màng rộng bốn nghìn mét vuông.',
  'Ban quản lý cho biết sản lượng ước đạt ba mươi tấn, đã có ba siêu thị ở thành phố ký hợp đồng mua với giá ổn định.',
  'Vụ tới hợp tác xã dự kiến mở rộng thêm hai nhà màng và nhận thêm mười hai hộ dân trong thôn vào làm thành viên.',
]
const text = `<div class="noi-dung">${body.map((line) => `<p>${line}</p>`).join('')}</div>`
const site = 'Trang thông tin điện tử xã Nam Mẫu'
const head = (name: string, more = ''): string => `<title>${name}</title>${more}`
const property = (name: string, content: string): string => `<meta property="${name}" content="${content}">`
const menu = `<nav><a href="/">Trang chủ</a> <a href="/tin-tuc">Tin tức sự kiện</a> <a href="/vb">Văn bản</a></nav>`

describe('extractBulletin, the title among names of sites and sections', () => {
  it.each<[string, string]>([
    ['the name of the site in an h1', pageOf(`<h1>${site}</h1><h2>${title}</h2>${text}`, head(site))],
    [
      'an h1, og:title and title element with the name of the site',
      pageOf(
        `<div id="top"><h1>${site}</h1></div><div class="tin"><span class="news-title">${title}</span><br><i>(06/08/2025)</i>${text}</div>`,
        head(`${site} | Xem tin`, property('og:title', site)),
      ),
    ],
    [
      'the name of a section in an h1',
      pageOf(`<h1>Tin hoạt động</h1><h3 class="tieu-de">${title}</h3>${text}`, head(`${title} - ${site}`)),
    ],
    [
      'a section in front of the title in the title element',
      pageOf(`<h2>${title}</h2>${text}`, head(`Tin tức - ${title}`)),
    ],
    ['the name of the site in front of the title', pageOf(`<h1>${title}</h1>${text}`, head(`${site} - ${title}`))],
    [
      'the names of the site and of a section after the title',
      pageOf(`<h1>${title}</h1>${text}`, head(`${title} | Nông nghiệp | ${site}`)),
    ],
    [
      'og:title with the name of the site and no heading',
      pageOf(
        text,
        head(site, `${property('og:title', `${title} | Báo Vùng Hồ`)}${property('og:site_name', 'Báo Vùng Hồ')}`),
      ),
    ],
    [
      'no body tag',
      `<!DOCTYPE html><html lang="vi"><meta charset="utf-8">${head(`${title} - Cổng thông tin`)}<h1>${title}</h1>${text}`,
    ],
    [
      'no body tag and a section',
      `<meta charset="utf-8">${head(`Tin tức | ${title} | ${site}`)}<h1>${title}</h1>${text}`,
    ],
    [
      'a short title and no body tag',
      `<!DOCTYPE html><html>${head('Lịch cắt nước tháng tám - Cổng thông tin')}<div><h1>Lịch cắt nước tháng tám</h1>${text}</div>`,
    ],
    [
      'another heading that was pasted into the text',
      pageOf(
        `<h1>${title}</h1><div class="than"><h1 class="entry-title">Kỹ thuật trồng dưa lưới trong nhà màng cho năng suất cao</h1>${text}</div>`,
        head(`${title} - ${site}`),
      ),
    ],
    [
      'og:title that differs from the heading and the title element',
      pageOf(
        `<h1>${title}</h1>${text}`,
        head(`${title} | ${site}`, property('og:title', 'Dưa lưới Pác Ngòi vào vụ, nông dân phấn khởi')),
      ),
    ],
    [
      'a title with a hyphen',
      pageOf(
        `<h1>Chuyển đổi số - Chìa khóa của hợp tác xã vùng cao</h1>${text}`,
        head(`Chuyển đổi số - Chìa khóa của hợp tác xã vùng cao - ${site}`),
      ),
    ],
  ])('the extraction finds the title of a page with %s', (_name, html) => {
    const { text: read } = extracted(html)
    expect([title, 'Lịch cắt nước tháng tám', 'Chuyển đổi số - Chìa khóa của hợp tác xã vùng cao']).toContain(
      read.title,
    )
    expect(html).toContain(read.title)
    expect(read.bodyText).toContain(body[2])
  })

  it('the extraction keeps the only paragraph of a page in the body', () => {
    const [only = ''] = body
    for (const html of [
      pageOf(`<div>${menu}<p>${only}</p></div>`, head(site)),
      pageOf(`<p>${only}</p>`, head(only)),
      pageOf(`<div><p>${only}</p></div>`),
      `<p>${only}</p>`,
    ])
      expect(paragraphsOf(extracted(html))).toContain(only)
  })
})

describe('extractBulletin, links of Google Docs', () => {
  it.each([
    ['https://www.google.com/url?q=https://nammau.example.vn/a?b%3D1&sa=D', 'https://nammau.example.vn/a?b=1'],
    ['https://www.google.com/url?url=https://nammau.example.vn/a', 'https://nammau.example.vn/a'],
    ['https://www.google.com/search?q=nam+mau', 'https://www.google.com/search?q=nam+mau'],
    ['https://www.google.com/url?q=javascript:alert(1)', 'https://www.google.com/url?q=javascript:alert(1)'],
  ])('the link %s leads to %s', (link, target) => {
    const html = pageOf(
      `<h1>${title}</h1>${text.replace('ba mươi tấn', `<a href="${link.replaceAll('&', '&amp;')}">ba mươi tấn</a>`)}`,
    )
    expect(extracted(html).text.bodyHtml).toContain(`href="${target}"`)
  })
})
