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

  it('toSpokenText lists an abbreviation with several meanings but does not expand the abbreviation', () => {
    const { text, ambiguous } = toSpokenText('BTC và CP họp tại TT Chợ Rã; TS. Nguyễn Văn A dự.')
    expect(text).toBe('BTC và CP họp tại TT Chợ Rã; TS. Nguyễn Văn A dự.')
    expect(ambiguous).toEqual(['BTC', 'CP', 'TT', 'TS'])
  })

  it('countSpokenSyllables counts the syllables of words joined by hyphens', () => {
    expect(countSpokenSyllables('Bảy mươi hai ki-lô-mét.')).toBe(6)
  })
})
