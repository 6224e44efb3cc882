import { describe, expect, it } from 'vitest'
import { spellDigits, spellNumber } from '../../../../../src/core/text/speech/number-words'
import { toSpokenText, countSpokenSyllables } from '../../../../../src/core/text/speech/spoken-text'

describe('spellNumber', () => {
  it.each([
    ['0', 'không'],
    ['5', 'năm'],
    ['10', 'mười'],
    ['15', 'mười lăm'],
    ['11', 'mười một'],
    ['21', 'hai mươi mốt'],
    ['25', 'hai mươi lăm'],
    ['55', 'năm mươi lăm'],
    ['100', 'một trăm'],
    ['101', 'một trăm linh một'],
    ['105', 'một trăm linh năm'],
    ['111', 'một trăm mười một'],
    ['121', 'một trăm hai mươi mốt'],
    ['1000', 'một nghìn'],
    ['1001', 'một nghìn không trăm linh một'],
    ['2020', 'hai nghìn không trăm hai mươi'],
    ['2005', 'hai nghìn không trăm linh năm'],
    ['12.840', 'mười hai nghìn tám trăm bốn mươi'],
    ['1.000.000', 'một triệu'],
    ['1.005.021', 'một triệu không trăm linh năm nghìn không trăm hai mươi mốt'],
    ['3.000.000.000', 'ba tỷ'],
    ['1.000.000.015', 'một tỷ không trăm mười lăm'],
    ['5,3', 'năm phẩy ba'],
    ['12,45', 'mười hai phẩy bốn mươi lăm'],
    ['3,05', 'ba phẩy không năm'],
    ['3,141', 'ba phẩy một bốn một'],
    ['0,5', 'không phẩy năm'],
    ['1.2.3', '1.2.3'],
    ['1234567890123456789', spellDigits('1234567890123456789')],
  ])('spellNumber writes %s as "%s"', (written, spoken) => {
    expect(spellNumber(written)).toBe(spoken)
  })
})

describe('toSpokenText', () => {
  it.each([
    ['quy mô 12.840 tỷ đồng', 'Quy mô mười hai nghìn tám trăm bốn mươi tỷ đồng'],
    ['giảm 5,3%/năm', 'Giảm năm phẩy ba phần trăm một năm'],
    ['40 triệu đồng/người', 'Bốn mươi triệu đồng một người'],
    ['15 kg/ha', 'Mười lăm ki-lô-gam một héc-ta'],
    ['dài 12 km, rộng 3,5 m', 'Dài mười hai ki-lô-mét, rộng ba phẩy năm mét'],
    ['250 m2 và 1.200m3', 'Hai trăm năm mươi mét vuông và một nghìn hai trăm mét khối'],
    ['đạt 120% kế hoạch./.', 'Đạt một trăm hai mươi phần trăm kế hoạch.'],
    ['từ 8-10%', 'Từ tám đến mười phần trăm'],
    ['tăng 10,5 - 12,5 tỷ đồng', 'Tăng mười phẩy năm đến mười hai phẩy năm tỷ đồng'],
    ['đạt 4/5 tiêu chí', 'Đạt bốn phần năm tiêu chí'],
    ['có 25/30 xã', 'Có hai mươi lăm trên ba mươi xã'],
    ['gồm 03 tập thể', 'Gồm ba tập thể'],
    ['Covid-19', 'Covid mười chín'],
    ['tăng 1.5 lần', 'Tăng một chấm năm lần'],
    ['gọi 0209.3870.123', 'Gọi không hai không chín, ba tám bảy không, một hai ba'],
  ])('toSpokenText writes the amount "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it.each([
    ['08/09/2020', 'Ngày mồng tám tháng chín năm hai nghìn không trăm hai mươi'],
    ['ngày 08/09/2020', 'Ngày mồng tám tháng chín năm hai nghìn không trăm hai mươi'],
    ['ngày 11-9-2020', 'Ngày mười một tháng chín năm hai nghìn không trăm hai mươi'],
    ['ngày 8 tháng 9 năm 2020', 'Ngày mồng tám tháng chín năm hai nghìn không trăm hai mươi'],
    ['sáng 8/9', 'Sáng ngày mồng tám tháng chín'],
    ['dịp 30/4 và 1/5', 'Dịp ngày ba mươi tháng tư và ngày mồng một tháng năm'],
    ['01-03/9/2020', 'Ngày mồng một đến mồng ba tháng chín năm hai nghìn không trăm hai mươi'],
    ['tháng 4/2021', 'Tháng tư năm hai nghìn không trăm hai mươi mốt'],
    ['quý III/2020', 'Quý ba năm hai nghìn không trăm hai mươi'],
    ['giai đoạn 2015-2020', 'Giai đoạn hai nghìn không trăm mười lăm đến hai nghìn không trăm hai mươi'],
    ['lúc 14h30 và 7:05', 'Lúc mười bốn giờ ba mươi phút và bảy giờ năm phút'],
    ['8 giờ 00 phút', 'Tám giờ'],
    ['31/02/2020', '31/02/2020'],
  ])('toSpokenText writes the date "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it.each([
    ['UBND tỉnh', 'Ủy ban nhân dân tỉnh'],
    ['HĐND-UBND huyện', 'Hội đồng nhân dân - Ủy ban nhân dân huyện'],
    ['phát triển KT-XH', 'Phát triển kinh tế - xã hội'],
    ['CNH, HĐH', 'Công nghiệp hóa, hiện đại hóa'],
    ['TP. Hồ Chí Minh, TP.HCM', 'Thành phố Hồ Chí Minh, thành phố Hồ Chí Minh'],
    ['trên QL3', 'Trên quốc lộ ba'],
    ['lần thứ XII, khóa I', 'Lần thứ mười hai, khóa một'],
    ['hạng I', 'Hạng nhất'],
    ['thứ 4', 'Thứ tư'],
    ['SN 1985', 'Sinh năm một nghìn chín trăm tám mươi lăm'],
    ['Nghị định số 30/2020/NĐ-CP', 'Nghị định số ba mươi năm hai nghìn không trăm hai mươi NĐ-CP'],
    ['Nghị quyết số 15-NQ/TW', 'Nghị quyết số mười lăm NQ/TW'],
    ['UBNDX và XUBND', 'UBNDX và XUBND'],
    ['xem www.backan.gov.vn/08/09/2020', 'Xem www.backan.gov.vn/08/09/2020'],
  ])('toSpokenText writes the name "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it.each([
    ['sáng nay -3°C', 'Sáng nay âm ba độ C'],
    ['còn 16°C–19°C', 'Còn mười sáu độ C đến mười chín độ C'],
    ['bể 40 m³/h, máy 3.200mAh', 'Bể bốn mươi mét khối một giờ, máy ba nghìn hai trăm mi-li-am-pe giờ'],
    ['thuê 90.000đ/giờ/người', 'Thuê chín mươi nghìn đồng một giờ một người'],
    ['giá 2,5 triệu USD', 'Giá hai phẩy năm triệu đô la Mỹ'],
    ['chi $300 và €45', 'Chi ba trăm đô la và bốn mươi lăm ơ-rô'],
    ['mua 30kg lúa và 7con bò', 'Mua ba mươi ki-lô-gam lúa và bảy con bò'],
    ['thua 0-2', 'Thua không hai'],
    ['tỷ lệ 1:200', 'Tỷ lệ một trên hai trăm'],
    ['ảnh 4x6 cm', 'Ảnh bốn nhân sáu xăng-ti-mét'],
    ['kinh độ 105°05\'20"', 'Kinh độ một trăm linh năm độ không năm phút hai mươi giây'],
    ['Km 8+150', 'Ki-lô-mét tám cộng một trăm năm mươi'],
    ['64 hộ, năm 2034', 'Sáu mươi bốn hộ, năm hai nghìn không trăm ba mươi tư'],
    ['- 5 hộ', '- năm hộ'],
  ])('toSpokenText writes the quantity "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it.each([
    ['họp 8h-10h30', 'Họp tám giờ đến mười giờ ba mươi phút'],
    ['ngày 22-12', 'Ngày hai mươi hai tháng mười hai'],
    ['Quốc khánh 2-9', 'Quốc khánh ngày mồng hai tháng chín'],
    ['từ 9-11 người', 'Từ chín đến mười một người'],
    ['ngày 5-9/6', 'Ngày mồng năm đến mồng chín tháng sáu'],
    ['tháng 3-4', 'Tháng ba đến tháng tư'],
    ['15/7 âm lịch', 'Ngày mười lăm tháng bảy âm lịch'],
    ['quý 2/2024', 'Quý hai năm hai nghìn không trăm hai mươi tư'],
    ['16h:20', 'Mười sáu giờ hai mươi phút'],
  ])('toSpokenText writes the time "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it.each([
    ['gọi 114 hoặc 115', 'Gọi một một bốn hoặc một một năm'],
    ['Quyết định số 115', 'Quyết định số một trăm mười lăm'],
    ['ĐT: (0209) 3871 456', 'Điện thoại: không hai không chín, ba tám bảy một, bốn năm sáu'],
    ['STK 3400 2051 88', 'STK ba bốn không không hai không năm một tám tám'],
    ['xe 97B-002.18', 'Xe chín bảy B không không hai một tám'],
    ['lớp 11B2, mạng 4G, tin A1', 'Lớp mười một B hai, mạng bốn G, tin A một'],
    ['lúa ST24', 'Lúa ST24'],
    ['QL.3C và ĐT.257', 'Quốc lộ ba C và đường tỉnh hai trăm năm mươi bảy'],
    ['Luật số 12/2022/QH15', 'Luật số mười hai năm hai nghìn không trăm hai mươi hai QH mười lăm'],
    ['07-CT/TU', 'Không bảy CT/TU'],
    ['Đại hội XIII, Henry VIII', 'Đại hội mười ba, Henry tám'],
    ['quý II và III', 'Quý hai và ba'],
    ['PGS.TS. Lò Văn Kim', 'Phó giáo sư tiến sĩ Lò Văn Kim'],
    ['TS. Lò Kim, BS CKI Hà Lan', 'Tiến sĩ Lò Kim, Bác sĩ chuyên khoa một Hà Lan'],
    ['KS Sao Mai', 'KS Sao Mai'],
    ['TX. Phổ Yên, H. Chợ Đồn, Q.3', 'Thị xã Phổ Yên, huyện Chợ Đồn, quận ba'],
    ['Lê H. Bình', 'Lê H. Bình'],
  ])('toSpokenText writes the code or title "%s" as "%s"', (written, spoken) => {
    expect(toSpokenText(written).text).toBe(spoken)
  })

  it('toSpokenText lists an abbreviation with several meanings but does not expand the abbreviation', () => {
    const { text, ambiguous } = toSpokenText('BTC và CP họp tại TT Chợ Rã; phòng TS dự.')
    expect(text).toBe('BTC và CP họp tại TT Chợ Rã; phòng TS dự.')
    expect(ambiguous).toEqual(['BTC', 'CP', 'TT', 'TS'])
  })

  it('countSpokenSyllables counts the syllables of words joined by hyphens', () => {
    expect(countSpokenSyllables('Bảy mươi hai ki-lô-mét.')).toBe(6)
  })
})
