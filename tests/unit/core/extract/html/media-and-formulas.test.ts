import { describe, expect, it } from 'vitest'
import { captionsOf, extracted, pageOf, paragraphsOf } from '../../../support/extract'

const first = 'Sáng nay, trạm thủy văn công bố cách tính lưu lượng qua cống để các thôn chủ động lịch lấy nước vụ xuân.'
const last = 'Các tổ dùng nước ghi sổ hằng ngày và báo về văn phòng vào chiều thứ sáu hằng tuần để tổng hợp.'
const page = (between: string): string =>
  pageOf(`<h1>Cách tính lưu lượng nước qua cống</h1><div><p>${first}</p>${between}<p>${last}</p></div>`)
const read = (between: string): ReturnType<typeof extracted> => extracted(page(between))

describe('writeFormulas', () => {
  it.each<[string, string, string]>([
    ['a product', '<mi>Q</mi><mo>=</mo><mi>v</mi><mo>×</mo><mi>A</mi>', 'Q = v × A'],
    [
      'a fraction and a power',
      '<mi>v</mi><mo>=</mo><mfrac><mi>s</mi><mi>t</mi></mfrac><msup><mi>k</mi><mn>2</mn></msup>',
      'v = s/tk^2',
    ],
    ['a root', '<msqrt><mn>2</mn><mi>g</mi><mi>h</mi></msqrt>', '√(2gh)'],
  ])('writeFormulas writes %s on one line, without the TeX code and the picture', (_what, inner, text) => {
    const formula = `<span class="mwe-math-element"><span style="display:none"><math><semantics><mrow>${inner}</mrow><annotation encoding="application/x-tex">{\\displaystyle X}</annotation></semantics></math></span><img src="/q.png" alt="x" aria-hidden="true"></span>`
    expect(paragraphsOf(read(`<p>Theo công thức ${formula} của trạm, mỗi cống có một bảng tra riêng.</p>`))[1]).toBe(
      `Theo công thức ${text} của trạm, mỗi cống có một bảng tra riêng.`,
    )
  })
})

describe('nameEmbeddedMedia', () => {
  it.each<[string, string, string, string]>([
    [
      'a film',
      '<div class="video"><iframe src="https://www.youtube.com/embed/xyz" title="Phóng sự về cống"></iframe></div>',
      'Video: Phóng sự về cống',
      'https://www.youtube.com/embed/xyz',
    ],
    [
      'a map',
      '<iframe src="https://www.google.com/maps/embed?pb=1" width="600" height="400"></iframe>',
      'Bản đồ: google.com/embed',
      'https://www.google.com/maps/embed?pb=1',
    ],
    [
      'a film that loads late',
      '<iframe data-src="//player.vimeo.com/video/12" src="about:blank"></iframe>',
      'Video: player.vimeo.com/12',
      'https://player.vimeo.com/video/12',
    ],
    [
      'a post',
      '<iframe src="https://www.facebook.com/plugins/post.php?href=x"></iframe>',
      'Nội dung nhúng: facebook.com/post.php',
      'https://www.facebook.com/plugins/post.php?href=x',
    ],
  ])('nameEmbeddedMedia replaces %s with a line that holds its address', (_what, html, line, address) => {
    const { text } = read(html)
    expect(captionsOf({ text } as ReturnType<typeof extracted>)).toEqual([line])
    expect(text.bodyHtml).toContain(`href="${address}"`)
  })

  it('nameEmbeddedMedia keeps a sound as an attached file, even in a box with the class audio', () => {
    const found = read('<div class="audio"><audio controls><source src="/loa/ban-tin.mp3"></audio></div>')
    expect(found.media.attachments.map(({ address }) => address)).toEqual(['https://cong.example.vn/loa/ban-tin.mp3'])
  })

  it.each([
    '<iframe src="https://ad.doubleclick.net/x" width="300" height="250"></iframe>',
    '<iframe src="https://www.googletagmanager.com/ns.html" height="0" width="0"></iframe>',
    '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
  ])('nameEmbeddedMedia adds no line for a frame with advertising, a counter or a button: %s', (html) => {
    expect(captionsOf(read(html))).toEqual([])
  })
})

describe('readBodyItems, with a gallery', () => {
  it('readBodyItems keeps each picture of a gallery with its own caption, and keeps the caption of the gallery', () => {
    const gallery = `<figure class="gallery"><figure><img src="/1.jpg" alt=""><figcaption>Cống số một</figcaption></figure><figure><img src="/2.jpg" alt=""><figcaption>Cống số hai</figcaption></figure><figcaption>Hai cống mới</figcaption></figure>`
    expect(captionsOf(read(gallery))).toEqual(['Cống số một', 'Cống số hai', 'Hai cống mới'])
  })
})
