import { describe, expect, it } from 'vitest'
import { captionsOf, extracted, pageOf, paragraphsOf } from '../../../support/extract'

// A bulletin that the tests write in the forms of several portals. The bulletin was written for these tests. No pack
// matches these pages.
const title = 'Xã Hòa Bình triển khai kế hoạch phòng, chống thiên tai năm 2025'
const summary =
  'Để chủ động ứng phó với mưa bão, xã Hòa Bình đã xây dựng phương án cụ thể cho từng thôn, gắn trách nhiệm của người đứng đầu với kết quả thực hiện.'
const caption = 'Quang cảnh hội nghị triển khai nhiệm vụ năm 2025'
const body = [
  'Sáng 12/5, Ủy ban nhân dân xã Hòa Bình tổ chức hội nghị triển khai kế hoạch phòng, chống thiên tai và tìm kiếm cứu nạn năm 2025 với sự tham dự của đại diện các thôn.',
  'Theo báo cáo tại hội nghị, trong năm 2024 trên địa bàn xã đã xảy ra ba đợt mưa lớn kèm lốc xoáy, làm tốc mái 27 ngôi nhà, thiệt hại 14 ha lúa và hoa màu.',
  'Phát biểu chỉ đạo, đồng chí Chủ tịch Ủy ban nhân dân xã yêu cầu các thôn rà soát lại các điểm có nguy cơ sạt lở, chủ động phương án sơ tán dân theo phương châm bốn tại chỗ.',
]
const [first = '', second = '', third = ''] = body
const p = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n')
const names = ['Trang chủ', 'Giới thiệu', 'Tin tức - Sự kiện', 'Văn bản chỉ đạo', 'Hỏi đáp', 'Liên hệ']
const menu = `<ul>${names.map((name) => `<li><a href="/m/${name.length}">${name}</a></li>`).join('')}</ul>`
const others = ['Tập huấn kỹ năng chuyển đổi số', 'Kiểm tra công tác cải cách hành chính', 'Khai mạc giải bóng chuyền']
const list = others.map((text) => `<li><a href="/t/${text.length}">${text}</a> <span>(10/05/2025)</span></li>`).join('')
const side = `<div class="r"><div>Thông báo</div><ul><li><a href="/a">Lịch tiếp công dân</a></li><li><a href="/b">Thông báo tuyển dụng</a></li></ul><div>Đang trực tuyến: 12</div><div>Tổng số lượt truy cập: 1.234.567</div></div>`
const imprint = `<div class="ft"><p>CỔNG THÔNG TIN ĐIỆN TỬ XÃ HÒA BÌNH</p><p>Địa chỉ: Thôn Trung tâm, xã Hòa Bình - Điện thoại: 0200 000 000 - Email: vanthu@hoabinh.example.vn</p><p>Chịu trách nhiệm chính: Ông Trần Văn Mẫu, Chủ tịch Ủy ban nhân dân xã. Ghi rõ nguồn khi phát hành lại thông tin từ Cổng này.</p></div>`
const site = '<title>Cổng thông tin điện tử xã Hòa Bình</title>'

interface Expected {
  date?: string
  author?: string | null
  summary?: string | null
  captions?: string[]
}
const minute = '2025-05-12T08:30:00+07:00'

describe('the general extraction', () => {
  it.each<[string, string, Expected, string?]>([
    [
      'web parts in nested tables inside one form',
      `<form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x"><div>${menu}</div><table><tr><td><table><tr><td><table><tr><td class="tdTitle"><span id="ctl00_lblTitle" class="TitleNews">${title}</span></td></tr><tr><td><span>(Thứ hai, 12/05/2025 - 08:30)</span></td></tr><tr><td><div class="ms-rtestate-field" style="font-weight:bold">${summary}</div></td></tr><tr><td><div class="ms-rtestate-field"><p><font>${first}</font></p><table align="center"><tr><td><img src="/a.jpg"></td></tr><tr><td align="center"><em>${caption}</em></td></tr></table>${p([second, third])}<p align="right"><strong>Thu Hương</strong></p></div></td></tr><tr><td><b>Các tin khác</b></td></tr><tr><td><ul>${list}</ul></td></tr></table></td></tr></table></td><td width="240">${side}</td></tr></table>${imprint}</form>`,
      { date: minute, author: 'Thu Hương', summary, captions: [caption] },
    ],
    [
      'layout tables with fonts',
      `<table><tr><td colspan="2"><a href="/">Trang chủ</a> | <a href="/lh">Liên hệ</a></td></tr><tr><td><table><tr><td><font size="2" color="#666">Thứ hai, 12/05/2025, 08:30</font></td></tr><tr><td><b><font size="4">${title}</font></b></td></tr><tr><td><p><b><font size="2">${summary}</font></b></p>${p(body.map((text) => `<font size="2">${text}</font>`))}<p align="right"><b><font>Hồng Vân</font></b></p></td></tr><tr><td><hr><b>Các tin đã đưa:</b><br>- <a href="/1">Tập huấn chuyển đổi số</a> <i>(10/05/2025)</i><br></td></tr></table></td><td>${side}</td></tr><tr><td colspan="2"><font size="1">Bản quyền thuộc Sở Thông tin và Truyền thông. Giấy phép số 12/GP-TTĐT</font></td></tr></table>`,
      { date: minute, author: 'Hồng Vân', summary },
      '<title>:: TRANG TIN ĐIỆN TỬ ::</title>',
    ],
    [
      'boxes with class names of the portal',
      `<div>${menu}</div><div class="tieude_muc">Tin trong xã</div><div class="tin"><div class="tieude_tin">${title}</div><div class="ngay_dang">Ngày đăng: 12-5-2025</div><div class="mota">${summary}</div><div class="noidung_tin">${body.map((text) => `<div>${text}</div>`).join('')}<div>&nbsp;</div><div style="text-align:right"><b>Lê Thị Hoa</b></div></div><div>Cỡ chữ: <a href="#">A-</a> <a href="#">A</a> <a href="#">A+</a></div></div><div><div>Tin đã đưa</div><ul>${list}</ul></div>${side}${imprint}`,
      { date: '2025-05-12', author: 'Lê Thị Hoa', summary },
    ],
    [
      'spans and line breaks, with buttons between date and lead',
      `<div>${menu}</div><div id="pnl"><span id="lblTieuDe" class="tieudebv">${title}</span><br><span>Ngày đăng 12/05/2025 | 08:30 | Lượt xem: 1549</span><div><a>Chia sẻ lên Facebook</a></div><span id="lblTrichdan"><b>${summary}</b></span><div id="lblNoiDung"><div><img src="/a.jpg"></div><div><i>${caption}</i></div>${body.map((text) => `<div>&nbsp;&nbsp; ${text}</div>`).join('')}<div style="text-align:right"><b>Kim Oanh</b></div></div></div>${side}${imprint}`,
      { date: minute, author: 'Kim Oanh', summary, captions: [caption] },
    ],
    [
      'one cell with line breaks',
      `<table><tr><td>${menu}</td><td><b class="t">${title}</b><br><font color="gray">(Cập nhật: 12/05/2025 08:30)</font><br><br>${body.join('<br><br>')}<br><br><div align="right"><b>Đức Thắng</b></div><hr>Các tin khác:<br>${others.map((text) => `<a href="/${text.length}">${text}</a> (10/05)<br>`).join('')}</td></tr></table>${imprint}`,
      { date: minute, author: 'Đức Thắng' },
    ],
    [
      'the name of the site as its h1 and the name of a section as its h2',
      `<div><h1>Trang thông tin điện tử xã Hòa Bình</h1>${menu}</div><div><h2>Tin nổi bật</h2><div class="item"><h3>${title}</h3><i>Ngày cập nhật: 12/05/2025 08:30</i><div>${p(body)}</div></div></div><div><h2>Liên kết website</h2><ul><li><a href="/x">Chính phủ</a></li></ul></div>${imprint}`,
      { date: minute },
    ],
    [
      'the name of a section as h1, and the title in the title element',
      `<div>${menu}</div><div><h1>Chính trị - Xã hội</h1><div><h2>${title}</h2><div>Cập nhật ngày: 12/05/2025 08:30:45 <span>Lượt xem: 12</span></div><div>${p([first])}<div><img src="/a.jpg"><p>${caption}</p></div>${p([second, third])}<div style="text-align:right">Bài, ảnh: <b>Lan Anh</b></div></div></div></div>${imprint}`,
      { date: minute, author: 'Lan Anh', captions: [caption] },
      `<title>${title} | Trang thông tin xã</title>`,
    ],
    [
      'a line of controls with today’s date above it',
      `<div class="top"><p>TRANG THÔNG TIN ĐIỆN TỬ</p><div class="date-time">Thứ ba, 18/11/2025 | 10:25</div></div>${menu}<div><h1>${title}</h1><div class="post-info"><i></i> 12/05/2025 <i></i> 1.024 lượt xem <i></i> quantri</div><div class="brief">${summary}</div><div class="fulltext">${p(body)}<p style="text-align:right"><strong>Tin, ảnh: Quốc Việt</strong></p></div><div>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</div><div>Click để đánh giá bài viết</div><div><p>Những tin mới hơn</p><ul>${list}</ul></div></div>${imprint}`,
      { date: '2025-05-12', author: 'Quốc Việt', summary },
      `<title>${title} - Xã Hòa Bình</title>`,
    ],
    [
      'comments and a poll below the text',
      `<div>${menu}</div><div><h1>${title}</h1><div>08:30 12/05/2025</div><div>${p(body)}</div><div class="x"><h3>Ý kiến bạn đọc</h3><div><b>Nguyễn Văn An</b> <span>13/05/2025</span><p>Thôn tôi cũng vừa làm như vậy và thấy rất yên tâm, mong xã sớm kè lại đoạn bờ suối để bà con đỡ lo mỗi mùa mưa.</p></div></div><div class="y"><div>Thăm dò ý kiến</div><p>Theo bạn, trang thông tin điện tử của xã đã cung cấp đầy đủ thông tin cho người dân và doanh nghiệp hay chưa?</p></div></div>${imprint}`,
      { date: minute },
    ],
    [
      'lines with arrows that link to other articles',
      `<div>${menu}</div><div><h1>${title}</h1><p>Thứ Hai, 12/05/2025 | 08:30 GMT+7</p><div>${p([first])}<p><a href="/k"><strong>&gt;&gt;&gt; Chủ động ứng phó với lũ quét và sạt lở đất</strong></a></p>${p([second, third])}<p style="text-align:right"><strong>PV</strong></p></div></div>${imprint}`,
      { date: minute, author: 'PV' },
    ],
    [
      'a side column that is longer than the text',
      `<table><tr><td><div class="title_news">${title}</div><div>12/05/2025 8:30</div><div>${p(body)}</div></td><td>${[1, 2, 3, 4, 5].map((part) => `<div><b>Giới thiệu chung phần ${part}</b><div>Xã Hòa Bình nằm ở phía đông của tỉnh, có diện tích tự nhiên hơn 45 km², địa hình chủ yếu là đồi núi thấp xen kẽ các cánh đồng nhỏ hẹp ven suối, dân cư sống thành từng thôn.</div></div>`).join('')}</td></tr></table>${imprint}`,
      { date: minute },
      `<title>${title}</title>`,
    ],
    [
      'the markup of a print view',
      `<table><tr><td><b>Cổng thông tin điện tử tỉnh Mẫu Sơn</b></td></tr><tr><td><hr></td></tr><tr><td><h2>${title}</h2></td></tr><tr><td>Cập nhật: 12/05/2025</td></tr><tr><td>${p(body)}</td></tr><tr><td><a href="javascript:print()">In trang</a> | <a href="javascript:close()">Đóng cửa sổ</a></td></tr></table>`,
      { date: '2025-05-12' },
      '<title>In tin bài</title>',
    ],
  ])(
    'the general extraction finds all parts of a bulletin with %s',
    (_form, html, { date, author = null, summary: lead = null, captions = [] }, head = site) => {
      const bulletin = extracted(pageOf(html, head))
      expect(bulletin.extractor.pack).toBeNull()
      expect(bulletin.text.title).toBe(title)
      expect(paragraphsOf(bulletin).map((text) => text.replaceAll('\u00a0', ' ').trim())).toEqual(body)
      expect(bulletin.text.published.value).toBe(date)
      expect(bulletin.text.author).toBe(author)
      expect(bulletin.text.summary).toBe(lead)
      expect(captionsOf(bulletin)).toEqual(captions)
    },
  )
})

describe('the general extraction, for a short text', () => {
  const around = (name: string, inner: string): string =>
    pageOf(`<div>${menu}</div><div><h1>${name}</h1><div>10/05/2025</div>${inner}</div>${side}${imprint}`, site)

  it('the general extraction keeps a notice of two sentences', () => {
    const notice = [
      'Trạm bơm tạm dừng cấp nước từ 7 giờ đến 17 giờ ngày 15/5/2025 tại các thôn Đông, Đoài.',
      'Đề nghị các hộ chủ động dự trữ nước.',
    ]
    const bulletin = extracted(around('Thông báo tạm dừng cấp nước sinh hoạt', `<div>${p(notice)}</div>`))
    expect(bulletin.text.title).toBe('Thông báo tạm dừng cấp nước sinh hoạt')
    expect(paragraphsOf(bulletin)).toEqual(notice)
  })

  it('the general extraction keeps the rows of a timetable, and does not take a row as the author', () => {
    const rows = [
      ['Thời gian', 'Nội dung', 'Địa điểm', 'Chủ trì'],
      ['Thứ Hai 12/5', 'Họp giao ban tuần', 'Phòng họp số 1', 'Chủ tịch UBND'],
      ['Thứ Tư 14/5', 'Kiểm tra tuyến đê thôn Đông', 'Thôn Đông', 'Chủ tịch UBND'],
    ]
    const table = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
    const bulletin = extracted(around('Lịch công tác tuần từ ngày 12/5', `<div><table>${table}</table></div>`))
    expect(paragraphsOf(bulletin)).toEqual(rows.map((row) => row.join(' ')))
    expect(bulletin.text.author).toBeNull()
  })

  it('the general extraction keeps lines with places and times, and does not take such a line as the author', () => {
    const lines = ['Sáng thứ Hai', 'Chiều thứ Ba', 'Phòng số 2']
    const bulletin = extracted(pageOf(`<h1>Lịch tiếp công dân</h1><div>${p(lines)}</div>`))
    expect(paragraphsOf(bulletin)).toEqual(lines)
    expect(bulletin.text.author).toBeNull()
  })

  it('the general extraction does not take a last paragraph in capitals as the author', () => {
    const capitals = body.map((text) => text.toUpperCase())
    const bulletin = extracted(pageOf(`<h1>${title}</h1><div>${p(capitals)}</div>`))
    expect(paragraphsOf(bulletin)).toEqual(capitals)
  })

  it('the general extraction takes the author from the last line of a short text', () => {
    const bulletin = extracted(
      pageOf(
        `<h1>${title}</h1><p>12/05/2025</p><p>${summary}</p><div>${p([...body, 'Tác giả: Hoàng Nam'])}</div><div>Đánh giá bài viết ★★★★★ (0)</div>`,
      ),
    )
    expect(bulletin.text.author).toBe('Hoàng Nam')
  })

  it('control: the general extraction takes a name below the text as the author', () => {
    expect(extracted(pageOf(`<h1>${title}</h1><div>${p([...body, 'Phòng Văn hóa'])}</div>`)).text.author).toBe(
      'Phòng Văn hóa',
    )
  })

  it('the general extraction keeps the title of an article about a portal', () => {
    const named = 'Cổng thông tin điện tử tỉnh Mẫu Sơn đạt giải nhất'
    expect(extracted(pageOf(`<h1>${named}</h1><div>${p(body)}</div>`, site)).text.title).toBe(named)
  })
})
