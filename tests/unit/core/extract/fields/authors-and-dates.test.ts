import { describe, expect, it } from 'vitest'
import { cleanAuthor } from '../../../../../src/core/extract/fields/labels/clean-author'
import { extracted, pageOf } from '../../../support/extract'

const title = 'Hợp tác xã Pác Ngòi thu hoạch ba mươi tấn dưa lưới'
const body = [
  'Sáng mồng sáu, hợp tác xã Pác Ngòi bắt đầu cắt lứa dưa lưới đầu tiên trồng trong nhà màng rộng bốn nghìn mét vuông.',
  'Ban quản lý cho biết sản lượng ước đạt ba mươi tấn, đã có ba siêu thị ở thành phố ký hợp đồng mua với giá ổn định.',
  'Vụ tới hợp tác xã dự kiến mở rộng thêm hai nhà màng và nhận thêm mười hai hộ dân trong thôn vào làm thành viên.',
]
const text = `<div class="noi-dung">${body.map((line) => `<p>${line}</p>`).join('')}</div>`
const article = (between = '', after = '', head = ''): string =>
  pageOf(`<div class="tin"><h1>${title}</h1>${between}${text}</div>${after}`, `<title>${title}</title>${head}`)
const jsonLd = (content: string): string => `<script type="application/ld+json">${content}</script>`
const news = (rest: string): string => `{"@type":"NewsArticle","headline":"${title}",${rest}}`

describe('extractBulletin, the author', () => {
  it.each<[string, string, string | null]>([
    [
      'the name inside a Person object in JSON-LD',
      article('', '', jsonLd(news('"author":{"@type":"Person","name":{"name":"Lò Văn Inh"}}'))),
      'Lò Văn Inh',
    ],
    [
      'a reference to the author in JSON-LD',
      article(
        '',
        '',
        jsonLd(`{"@graph":[${news('"author":{"@id":"#a"}')},{"@id":"#a","@type":"Person","name":"Lò Văn Inh"}]}`),
      ),
      'Lò Văn Inh',
    ],
    [
      'a reference to the author in another block of JSON-LD',
      article(
        '',
        '',
        jsonLd(news('"author":{"@id":"#a"}')) + jsonLd('{"@id":"#a","@type":"Person","name":"Lò Văn Inh"}'),
      ),
      'Lò Văn Inh',
    ],
    [
      'several authors in JSON-LD',
      article('', '', jsonLd(news('"author":[{"name":"Lò Văn Inh"},{"name":"Hà Thị Mẫu"}]'))),
      'Lò Văn Inh, Hà Thị Mẫu',
    ],
    ['an extra comma in JSON-LD', article('', '', jsonLd(news('"author":{"name":"Lò Văn Inh"},'))), 'Lò Văn Inh'],
    [
      'an unescaped quote in JSON-LD',
      article(
        '',
        '',
        jsonLd('{"@type":"NewsArticle","headline":"Xã "Nam Mẫu"","author":{"@type":"Person","name":"Lò Văn Inh"}}'),
      ),
      'Lò Văn Inh',
    ],
    [
      'a CDATA section around JSON-LD',
      article('', '', jsonLd(`//<![CDATA[\n${news('"author":{"name":"Lò Văn Inh"}')}\n//]]>`)),
      'Lò Văn Inh',
    ],
    [
      'the JSON-LD of another article above its own',
      article(
        '',
        '',
        jsonLd(
          `[{"@type":"NewsArticle","headline":"Hội xuân mở sớm","author":{"name":"Người Khác"}},${news('"author":{"name":"Lò Văn Inh"}')}]`,
        ),
      ),
      'Lò Văn Inh',
    ],
    [
      'two elements in one byline',
      article('<div class="by"><span class="author">Lò Văn Inh</span>, <span class="author">Hà Thị Mẫu</span></div>'),
      'Lò Văn Inh, Hà Thị Mẫu',
    ],
    [
      'no author and the name of a commenter',
      article(
        '',
        '<div class="comments"><h3>Bình luận</h3><span class="author">Bạn Đọc</span><p>Hay quá, mong xã làm thêm.</p></div>',
      ),
      null,
    ],
    [
      'the name of a commenter below a heading for comments',
      article(
        '',
        '<div id="khung"><h3>Ý kiến bạn đọc (2)</h3><div><b class="author">Bạn Đọc</b><p>Hay quá.</p></div></div>',
      ),
      null,
    ],
    [
      'the author of another article in a card',
      article(
        '',
        '<div class="ds">' +
          [1, 2]
            .map(
              (n) =>
                `<div class="the"><a href="/${n}">Hội xuân Nam Mẫu mở cửa đón khách lần thứ ${n}</a><span class="author">Người Khác</span></div>`,
            )
            .join('') +
          '</div>',
      ),
      null,
    ],
    ['another author in a side column', article('', '<aside><span class="author">Người Khác</span></aside>'), null],
    [
      'other words around the name of the author',
      article('<p class="author">Bài viết của Lò Văn Inh</p>'),
      'Lò Văn Inh',
    ],
    [
      'the number of other authors after the name',
      article('<p class="author">Lò Văn Inh và 1 tác giả khác</p>'),
      'Lò Văn Inh',
    ],
  ])('the extraction chooses the right author on a page with %s', (_name, html, author) => {
    expect(extracted(html).text.author).toBe(author)
  })

  it.each([
    ['Lò Văn Inh (nguồn: Báo Vùng Hồ)', 'Lò Văn Inh', 'Báo Vùng Hồ'],
    ['Lò Văn Inh - Nguồn: Báo Vùng Hồ', 'Lò Văn Inh', 'Báo Vùng Hồ'],
    ['Nguồn: TTXVN', null, 'TTXVN'],
    ['Tác giả: Lò Văn Inh', 'Lò Văn Inh', null],
    ['Đăng bởi Lò Văn Inh | 06/08/2025', 'Lò Văn Inh', null],
    ['Lò Văn Inh, inh@example.vn', 'Lò Văn Inh', null],
    ['By Lo Van Inh and 2 others', 'Lo Van Inh', null],
    ['Hà Thu (theo TTXVN)', 'Hà Thu (theo TTXVN)', null],
    ['Byron Lò', 'Byron Lò', null],
  ])('the extraction reads from the text "%s" the author %s and the source %s', (received, author, source) => {
    expect(cleanAuthor(received)).toEqual({ author, source })
  })
})

describe('extractBulletin, the date', () => {
  const meta = (value: string): string => `<meta property="article:published_time" content="${value}">`
  it.each<[string, string, string | null]>([
    [
      'a relative date as text and the attribute datetime',
      article('<time datetime="2025-08-06T14:05:00+07:00">2 giờ trước</time>'),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'a relative date as text and the date in a tooltip',
      article('<span class="date" title="06/08/2025 14:05">hôm qua</span>'),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'the date as seconds since 1970',
      article('<abbr class="time" data-utime="1754463900">hôm qua</abbr>'),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'the date of a later change before the date of publication',
      article('<div class="date">Cập nhật: 10/08/2025 16:00 - Ngày đăng: 06/08/2025 14:05</div>'),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'the date of a later change in a separate element',
      article('<span class="date">06/08/2025</span><span class="date">Cập nhật lúc 16:00 06/08/2025</span>'),
      '2025-08-06',
    ],
    [
      'only the date of a later change',
      article('<div class="date">Cập nhật lúc: 2:05 CH, 06/8/2025</div>'),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'a local time in the metadata that ends with the sign of UTC',
      article('<div class="date">06/08/2025 14:05</div>', '', meta('2025-08-06T14:05:00Z')),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'midnight as the time in the metadata',
      article('<div class="date">06/08/2025 14:05</div>', '', meta('2025-08-06T00:00:00+07:00')),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'a time in UTC in the metadata and no visible time',
      article('', '', meta('2025-08-06T07:05:00Z')),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'the current date in the page header',
      pageOf(
        `<header><span class="date">Thứ Ba, 01/12/2026</span></header><h1>${title}</h1>${text}`,
        `<title>${title}</title>`,
      ),
      null,
    ],
    [
      'the current date in a clock',
      pageOf(
        `<div><span class="date date-today">01/12/2026 10:15</span></div><h1>${title}</h1>${text}`,
        `<title>${title}</title>`,
      ),
      null,
    ],
    [
      'only the date of a meeting',
      article('', '').replace(
        body[0] ?? '',
        'Hội nghị sẽ khai mạc lúc 8 giờ ngày 15/10/2027 tại nhà văn hóa trung tâm của xã, mời bà con đến dự đông đủ.',
      ),
      null,
    ],
    [
      'the dates of other articles in cards',
      article(
        '',
        '<div class="ds">' +
          [1, 2]
            .map(
              (n) =>
                `<div class="the"><a href="/${n}">Hội xuân Nam Mẫu mở cửa đón khách lần thứ ${n}</a><span class="date">0${n}/02/2025</span></div>`,
            )
            .join('') +
          '</div>',
      ),
      null,
    ],
    [
      'the date elements of WordPress',
      article(
        '<time class="entry-date published" datetime="2025-08-06T14:05:00+07:00">06 Th8 2025</time><time class="updated" datetime="2025-08-10T09:00:00+07:00">10 Th8 2025</time>',
      ),
      '2025-08-06T14:05:00+07:00',
    ],
    [
      'the metadata dc.date and dc.date.accepted',
      article('', '', '<meta name="dc.date.accepted" content="2024-12-16"><meta name="dc.date" content="2025-08-06">'),
      '2025-08-06',
    ],
  ])('the extraction chooses the right date on a page with %s', (_name, html, value) => {
    expect(extracted(html).text.published.value).toBe(value)
  })
})
