import { describe, expect, it } from 'vitest'
import { readOfficialDocument } from '../../../../../src/core/extract/fields/official/official-document'
import { extracted, pageOf } from '../../../support/extract'

const motto = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']
const text = 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;'

describe('readOfficialDocument', () => {
  it.each<[string, string[], Record<string, string | null>, string | null]>([
    [
      'a notice of a commune',
      [
        'UBND XÃ NAM MẪU',
        'Số: 17/TB-UBND',
        ...motto,
        'Nam Mẫu, ngày 06 tháng 8 năm 2025',
        'THÔNG BÁO',
        'Về việc thu hoạch dưa lưới',
        text,
        'CHỦ TỊCH',
        'Lò Văn Inh',
      ],
      {
        kind: 'Thông báo',
        number: '17/TB-UBND',
        issuer: 'UBND XÃ NAM MẪU',
        place: 'Nam Mẫu',
        date: '2025-08-06',
        signer: 'Lò Văn Inh',
        office: 'CHỦ TỊCH',
      },
      'Thông báo về việc thu hoạch dưa lưới',
    ],
    [
      'a decision of a department below a province',
      [
        'UBND TỈNH THÁI NGUYÊN',
        'SỞ NÔNG NGHIỆP',
        'VÀ MÔI TRƯỜNG',
        '-------',
        'Số: 301/QĐ-SNNMT',
        ...motto,
        '---------------',
        'Thái Nguyên, ngày 1 tháng 12 năm 2025',
        'QUYẾT ĐỊNH',
        'Ban hành Quy chế làm việc của Sở',
        'GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG',
        text,
        'KT. GIÁM ĐỐC',
        'PHÓ GIÁM ĐỐC',
        '(Đã ký)',
        'Hoàng Thị Mẫu',
      ],
      {
        kind: 'Quyết định',
        number: '301/QĐ-SNNMT',
        issuer: 'SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG',
        date: '2025-12-01',
        signer: 'Hoàng Thị Mẫu',
        office: 'PHÓ GIÁM ĐỐC',
        onBehalfOf: 'KT. GIÁM ĐỐC',
      },
      'Quyết định ban hành Quy chế làm việc của Sở',
    ],
    [
      'an official letter without a kind',
      [
        'ỦY BAN NHÂN DÂN',
        'TỈNH LẠNG SƠN',
        'Số: 88/UBND-KT',
        'V/v tăng cường phòng, chống',
        'rét cho đàn vật nuôi',
        ...motto,
        'Lạng Sơn, ngày 20 tháng 11 năm 2025',
        'Kính gửi: Các xã, phường',
        'TM. ỦY BAN NHÂN DÂN',
        'KT. CHỦ TỊCH',
        'PHÓ CHỦ TỊCH',
        'Nông Văn Thử',
      ],
      {
        kind: 'Công văn',
        number: '88/UBND-KT',
        issuer: 'ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN',
        signer: 'Nông Văn Thử',
        office: 'PHÓ CHỦ TỊCH',
      },
      'Công văn về việc tăng cường phòng, chống rét cho đàn vật nuôi',
    ],
    [
      'a plan with a subject of two lines',
      [
        'UBND PHƯỜNG SÔNG CẦU',
        'Số: 5/KH-UBND',
        ...motto,
        'Sông Cầu, ngày 3 tháng 1 năm 2026',
        'KẾ HOẠCH',
        'Tổ chức Tết trồng cây “Đời đời nhớ ơn Bác Hồ”',
        'trên địa bàn phường năm 2026',
        text,
      ],
      { kind: 'Kế hoạch', date: '2026-01-03', signer: null },
      'Kế hoạch tổ chức Tết trồng cây “Đời đời nhớ ơn Bác Hồ” trên địa bàn phường năm 2026',
    ],
    [
      'a document of the party with the kind and subject on one line',
      [
        'TỈNH ỦY CAO BẰNG',
        'Số 12-CT/TU',
        'ĐẢNG CỘNG SẢN VIỆT NAM',
        'Cao Bằng, ngày 09 tháng 9 năm 2025',
        'CHỈ THỊ về tăng cường lãnh đạo công tác phòng cháy',
        text,
      ],
      { kind: 'Chỉ thị', number: '12-CT/TU', issuer: 'TỈNH ỦY CAO BẰNG', place: 'Cao Bằng' },
      'Chỉ thị về tăng cường lãnh đạo công tác phòng cháy',
    ],
    [
      'a document without a number and a day',
      [
        'HỢP TÁC XÃ PÁC NGÒI',
        'Số:     /TB-HTX',
        ...motto,
        'Nam Mẫu, ngày    tháng 8 năm 2025',
        'THÔNG BÁO',
        'V/v đóng góp vốn năm 2026',
        'Kính gửi: Các thành viên',
      ],
      { kind: 'Thông báo', number: '/TB-HTX', issuer: 'HỢP TÁC XÃ PÁC NGÒI', place: 'Nam Mẫu', date: null },
      'Thông báo về việc đóng góp vốn năm 2026',
    ],
    [
      'a document with its subject in capitals',
      [
        'UBND XÃ NAM MẪU',
        'Số: 4/TB-UBND',
        ...motto,
        'Nam Mẫu, ngày 6 tháng 8 năm 2025',
        'THÔNG BÁO',
        'VỀ VIỆC TẠM NGỪNG CẤP NƯỚC',
        text,
      ],
      { kind: 'Thông báo' },
      'THÔNG BÁO VỀ VIỆC TẠM NGỪNG CẤP NƯỚC',
    ],
    [
      'a document whose two columns share lines',
      [
        'UBND XÃ NAM MẪU          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Số: 4/BC-UBND \t Độc lập - Tự do - Hạnh phúc',
        'Nam Mẫu, ngày 6 tháng 8 năm 2025',
        'BÁO CÁO',
        'Kết quả thu ngân sách quý hai',
        text,
      ],
      { kind: 'Báo cáo', number: '4/BC-UBND', issuer: 'UBND XÃ NAM MẪU' },
      'Báo cáo kết quả thu ngân sách quý hai',
    ],
    [
      'a document with a kind and no subject',
      [
        'UBND XÃ NAM MẪU',
        'Số: 9/GM-UBND',
        ...motto,
        'Nam Mẫu, ngày 6 tháng 8 năm 2025',
        'GIẤY MỜI',
        'Kính mời: Ông (bà) trưởng thôn',
        text,
      ],
      { kind: 'Giấy mời', subject: null },
      null,
    ],
  ])('readOfficialDocument reads the number, issuer, place, date and signer of %s', (_name, lines, facts, title) => {
    const found = readOfficialDocument(lines)
    expect(found?.facts).toMatchObject(facts)
    expect(found?.title).toBe(title)
  })

  it.each([
    [
      'a news article that quotes the number of a document',
      ['Xã Nam Mẫu họp', 'Theo Quyết định số 17/QĐ-UBND, xã Nam Mẫu hỗ trợ giống cho mười hai hộ dân trong thôn.'],
    ],
    [
      'a news article with a kind as its heading',
      ['THÔNG BÁO', 'Sáng mồng sáu, hợp tác xã Pác Ngòi bắt đầu cắt lứa dưa lưới đầu tiên.'],
    ],
    ['an empty page', []],
  ])('readOfficialDocument returns no document for %s', (_name, lines) => {
    expect(readOfficialDocument(lines)).toBeNull()
  })
})

describe('extractBulletin, official documents', () => {
  const letterhead = `<table><tr><td><p>ỦY BAN NHÂN DÂN<br><b>XÃ NAM MẪU</b></p><p>Số: 17/TB-UBND</p></td><td><p><b>${motto.join('<br>')}</b></p><p><i>Nam Mẫu, ngày 06 tháng 8 năm 2025</i></p></td></tr></table>`
  const content = `<p>Sáng mồng sáu, hợp tác xã Pác Ngòi bắt đầu cắt lứa dưa lưới đầu tiên trồng trong nhà màng rộng bốn nghìn mét vuông.</p><p>Vụ tới hợp tác xã dự kiến mở rộng thêm hai nhà màng và nhận thêm mười hai hộ dân trong thôn vào làm thành viên.</p>`
  const document = `${letterhead}<p align="center"><b>THÔNG BÁO</b></p><p align="center"><b>Về việc thu hoạch dưa lưới</b></p>${content}<p align="right"><b>CHỦ TỊCH</b></p><p align="right">Lò Văn Inh</p>`
  const official = {
    kind: 'Thông báo',
    number: '17/TB-UBND',
    issuer: 'ỦY BAN NHÂN DÂN XÃ NAM MẪU',
    signer: 'Lò Văn Inh',
  }

  it.each([
    ['a title element with the name of the office', pageOf(document, '<title>ỦY BAN NHÂN DÂN</title>')],
    ['the name of a file in the title element', pageOf(document, '<title>TB-17.docx</title>')],
    [
      'only the kind in its heading',
      pageOf(`<h1>THÔNG BÁO</h1>${document}`, '<title>THÔNG BÁO - Cổng thông tin xã Nam Mẫu</title>'),
    ],
    ['no title element', `<html><body>${document}</body></html>`],
  ])('the title of a document with %s consists of its kind and its subject', (_name, html) => {
    const { text: read } = extracted(html)
    expect(read.title).toBe('Thông báo về việc thu hoạch dưa lưới')
    expect(read.official).toMatchObject(official)
    expect(read.published.value).toBe('2025-08-06')
    expect(read.bodyText).toContain('17/TB-UBND')
  })

  it('the title of a page that shows a document is the heading of the page', () => {
    const heading = 'Nam Mẫu thông báo lịch thu hoạch dưa lưới vụ hè thu'
    const { text: read } = extracted(pageOf(`<h1>${heading}</h1><div>${document}</div>`, `<title>${heading}</title>`))
    expect(read).toMatchObject({ title: heading, official })
  })

  it('the title of a document without a letterhead consists of its kind and its subject', () => {
    const html = pageOf(`<h1>THÔNG BÁO</h1><p>V/v thu hoạch dưa lưới</p>${content}`, '<title>Thông báo</title>')
    const { text: read } = extracted(html)
    expect(read.title).toBe('Thông báo về việc thu hoạch dưa lưới')
    expect(read.official).toBeUndefined()
  })

  it('the title of a document that is a plain text consists of its kind and its subject, and the text keeps each line', () => {
    const lines = [
      'UBND XÃ NAM MẪU',
      'Số: 17/TB-UBND',
      ...motto,
      'Nam Mẫu, ngày 06 tháng 8 năm 2025',
      '',
      'THÔNG BÁO',
      'Về việc thu hoạch dưa lưới',
      '',
      'Sáng mồng sáu, hợp tác xã Pác Ngòi bắt đầu cắt lứa dưa lưới đầu tiên trồng trong nhà màng rộng bốn nghìn mét vuông.',
    ]
    const { text: read } = extracted(lines.join('\n'), null, { name: 'tb.txt' })
    expect(read.title).toBe('Thông báo về việc thu hoạch dưa lưới')
    expect(read.bodyText).toContain('UBND XÃ NAM MẪU')
  })
})
