import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findDate, isDateLine } from '../../../../src/core/text/dates'
import { shared, sharedIsAbsent } from '../../support/shared-data'

describe('findDate', () => {
  it.each([
    ['08/09/2020', '2020-09-08'],
    ['8/9/2020', '2020-09-08'],
    ['08-09-2020', '2020-09-08'],
    ['8.9.2020', '2020-09-08'],
    ['08 / 09 / 2020', '2020-09-08'],
    ['ngày 8 tháng 9 năm 2020', '2020-09-08'],
    ['Ngày 08 tháng 09, năm 2020', '2020-09-08'],
    ['mồng 1 tháng 1 năm 2021', '2021-01-01'],
    ['Ngày đăng: 08/09/2020', '2020-09-08'],
    ['Bắc Kạn, ngày 8 tháng 9 năm 2020', '2020-09-08'],
    ['2020-09-08', '2020-09-08'],
    ['2020/9/8', '2020-09-08'],
    ['29/02/2020', '2020-02-29'],
    ['\u00a008/09/2020\u00a0', '2020-09-08'],
  ])('findDate reads "%s" as the day %s', (text, value) => {
    expect(findDate(text)).toMatchObject({ value, precision: 'day' })
  })

  it.each([
    ['Thứ Ba, 08/09/2020, 14:30 (GMT+7)', '2020-09-08T14:30:00+07:00'],
    ['Thứ ba, ngày 8/9/2020 | 14h30', '2020-09-08T14:30:00+07:00'],
    ['08/09/2020 14:30:25', '2020-09-08T14:30:00+07:00'],
    ['14:30 | 08/09/2020', '2020-09-08T14:30:00+07:00'],
    ['14 giờ 30 phút, ngày 8 tháng 9 năm 2020', '2020-09-08T14:30:00+07:00'],
    ['8g30 ngày 23/11/2026', '2026-11-23T08:30:00+07:00'],
    ['08/09/2020 2:30 PM', '2020-09-08T14:30:00+07:00'],
    ['23/11/2026 08:30 CH', '2026-11-23T20:30:00+07:00'],
    ['23/11/2026 12:15 SA', '2026-11-23T00:15:00+07:00'],
    ['23/11/2026 12:15 PM', '2026-11-23T12:15:00+07:00'],
    ['23/11/2026 - 08:30 AM', '2026-11-23T08:30:00+07:00'],
    ['07-03-2026 - 00:01 AM', '2026-03-07T00:01:00+07:00'],
    ['07-03-2026 - 14:05 PM', '2026-03-07T14:05:00+07:00'],
    ['07/03/2026 08:01 GMT+7', '2026-03-07T08:01:00+07:00'],
    ['Ngày đăng 23/03/2016 | 03:48 PM | View count: 1549', '2016-03-23T15:48:00+07:00'],
    ['2026/11/23 8:5:3', '2026-11-23T08:05:00+07:00'],
    ['2020-09-08T14:30:00', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08T14:30', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08 14:30', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08T07:30:00Z', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08T20:30:00.000Z', '2020-09-09T03:30:00+07:00'],
    ['2020-09-08T14:30:00+0700', '2020-09-08T14:30:00+07:00'],
    ['2026-03-07T08:52:11.000 +07:00', '2026-03-07T08:52:00+07:00'],
    ['2020-09-08T09:30:00+02:00', '2020-09-08T14:30:00+07:00'],
    ['2026-11-23T14:05:00.1234567890123+07:00', '2026-11-23T14:05:00+07:00'],
    ['2026-11-23T14:05:00 07:00', '2026-11-23T14:05:00+07:00'],
  ])('findDate reads "%s" as the minute %s', (text, value) => {
    expect(findDate(text)).toMatchObject({ value, precision: 'minute' })
  })

  it.each([
    ['Tháng Chín 8, 2020', '2020-09-08'],
    ['Tháng Mười Một 23, 2026', '2026-11-23'],
    ['Tháng Mười 3, 2026', '2026-10-03'],
    ['8 Tháng Chín, 2020', '2020-09-08'],
    ['Ngày 8 tháng Chín năm 2020', '2020-09-08'],
    ['ngày 8 tháng mười hai năm 2020', '2020-12-08'],
    ['8 Tháng Năm, 2020', '2020-05-08'],
    ['ngày 8 tháng năm năm 2020', '2020-05-08'],
    ['08 Th9 2020', '2020-09-08'],
    ['08 Th09, 2020', '2020-09-08'],
    ['Th9 08, 2020', '2020-09-08'],
    ['8 thg 9, 2020', '2020-09-08'],
    ['08 T9 2020', '2020-09-08'],
    ['T3, 08/09/2020', '2020-09-08'],
    ['CN, 13/9/2020', '2020-09-13'],
    ['Tháng 9 8, 2020', '2020-09-08'],
    ['ngày 08, tháng 09, năm 2020', '2020-09-08'],
    ['ngày 08/tháng 9/2020', '2020-09-08'],
    ['Ngày 8/9 năm 2020', '2020-09-08'],
    ['September 8, 2020', '2020-09-08'],
    ['Sept. 8th, 2020', '2020-09-08'],
    ['8 September 2020', '2020-09-08'],
    ['8th of May, 2021', '2021-05-08'],
    ['08-Sep-2020', '2020-09-08'],
    ['Sep-08-2020', '2020-09-08'],
    ['Tuesday, September 8, 2020', '2020-09-08'],
    ['2020年9月8日', '2020-09-08'],
    ['2020년 9월 8일', '2020-09-08'],
  ])('findDate reads the month name in "%s" as the day %s', (text, value) => {
    expect(findDate(text)).toMatchObject({ value, precision: 'day' })
    expect(isDateLine(text)).toBe(true)
  })

  it.each([
    ['08/09/2020 14h:05', '2020-09-08T14:05:00+07:00'],
    ['14h:05 ngày 08/09/2020', '2020-09-08T14:05:00+07:00'],
    ["14h 05' - 08/09/2020", '2020-09-08T14:05:00+07:00'],
    ['14h05p, 08/09/2020', '2020-09-08T14:05:00+07:00'],
    ['08/09/2020-14:30', '2020-09-08T14:30:00+07:00'],
    ['14:30-08/09/2020', '2020-09-08T14:30:00+07:00'],
    ['2 giờ 30 phút chiều ngày 08/09/2020', '2020-09-08T14:30:00+07:00'],
    ['08/09/2020 lúc 8h tối', '2020-09-08T20:00:00+07:00'],
    ['7h30 sáng 08/09/2020', '2020-09-08T07:30:00+07:00'],
    ['11h trưa 08/09/2020', '2020-09-08T11:00:00+07:00'],
    ['08/09/2020 2:30 p.m.', '2020-09-08T14:30:00+07:00'],
    ['September 8, 2020 2:30 pm', '2020-09-08T14:30:00+07:00'],
    ['September 8, 2020 at 14:30', '2020-09-08T14:30:00+07:00'],
    ['Tue Sep 08 14:30:00 ICT 2020', '2020-09-08T14:30:00+07:00'],
    ['Tue Sep 08 07:30:00 UTC 2020', '2020-09-08T14:30:00+07:00'],
    ['Tue Sep 08 2020 14:30:00 GMT+0700 (Indochina Time)', '2020-09-08T14:30:00+07:00'],
    ['T3, 08 Th9 2020 14:30:00 +0700', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08 14:30:25+07', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08 07:30:25+00', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08 09:30:44.364419679 +0200 CEST', '2020-09-08T14:30:00+07:00'],
    ['2020-09-08T14:30:00+07:00[Asia/Ho_Chi_Minh]', '2020-09-08T14:30:00+07:00'],
    ['20200908T073000Z', '2020-09-08T14:30:00+07:00'],
    ['08/09/2020 07:30 (GMT+0)', '2020-09-08T14:30:00+07:00'],
    ['08/09/2020 07:30 UTC', '2020-09-08T14:30:00+07:00'],
    ['Sep 8, 2020 03:30 AM EDT', '2020-09-08T14:30:00+07:00'],
    ['Thứ ba, 08/09/2020 , 15:22 [GMT+7]', '2020-09-08T15:22:00+07:00'],
    ['Ngày đăng: 08/09/2020 14:30 - Cập nhật: 10/09/2020 16:00', '2020-09-08T14:30:00+07:00'],
    ['2020年9月8日 14:30', '2020-09-08T14:30:00+07:00'],
  ])('findDate reads the time of "%s" as the minute %s', (text, value) => {
    expect(findDate(text)).toMatchObject({ value, precision: 'minute' })
  })

  it.each([
    ['Ngày đăng: 08/09/2020 - Cập nhật: 14:30 10/09/2020', '2020-09-08'],
    ['Ngày đăng 08/09/2020 | Cập nhật 10/09/2020 14:30', '2020-09-08'],
    ['08/09/2020 - Thời lượng: 03:25', '2020-09-08'],
    ['08/09/2020 | Phiên họp khai mạc lúc 14 giờ', '2020-09-08'],
    ['Sep 8, 2020 03:30 AM CST', '2020-09-08'],
    ['12 giờ đêm 08/09/2020', '2020-09-08'],
    ['08/09/2020 00:30 PM', '2020-09-08'],
    ['08/09/2020 (tỷ số 2:1)', '2020-09-08'],
  ])('findDate reads "%s" as a day, because the time of day is not certain', (text, value) => {
    expect(findDate(text)).toMatchObject({ value, precision: 'day' })
  })

  it('findDate reads a date without a day as a month', () => {
    expect(findDate('Tháng 9/2020')).toEqual({ value: '2020-09', precision: 'month', asWritten: 'Tháng 9/2020' })
    expect(findDate('tháng 9 năm 2020')).toMatchObject({ value: '2020-09', precision: 'month' })
  })

  it('findDate returns the date together with the words that contain the date', () => {
    expect(findDate('Ngày đăng: 08/09/2020')?.asWritten).toBe('08/09/2020')
    expect(findDate(' Thứ Ba, 08/09/2020, 14:30 (GMT+7) ')?.asWritten).toBe('Thứ Ba, 08/09/2020, 14:30 (GMT+7)')
  })

  it('findDate returns the first of two dates', () => {
    expect(findDate('Ngày đăng: 08/09/2020 - Cập nhật: 10/09/2020')?.value).toBe('2020-09-08')
  })

  it.each([
    '',
    '31/02/2020',
    '29/02/2021',
    '00/09/2020',
    '08/13/2020',
    '11/23/2026',
    '23.11.26',
    '8/9/20',
    'ngày 8 tháng 9',
    'ngày 08 tháng năm 2020',
    'trong 8 tháng năm 2020',
    '8 tháng đầu năm 2020',
    'Tháng Mười Ba 8, 2020',
    'September 31, 2020',
    'Mayor 8, 2020',
    '31 Th2 2020',
    '30/4/2026 25:61',
    '2026-02-30',
    '2026-13-01',
    '2026-11-23T14:05:00+25:00',
    '2026-11-23T24:00:00Z',
    '9999-12-31',
    '0000-00-00 00:00:00',
    '+275760-09-13T00:00:00Z',
    '1.2.3.2020',
    '108/09/2020',
    '08/09/20201',
    '1700000000',
    '20261123',
    '2026-W48-1',
    '2026-327',
    'hôm qua',
    'hôm nay, 08:30',
    '2 giờ trước',
    '8g30 ngày 23/11',
    'giai đoạn 2015-2020',
    'Nghị quyết số 08/2020/NQ-HĐND',
    '２０２６-１１-２３',
  ])('findDate finds no date in "%s"', (text) => {
    expect(findDate(text)).toBeNull()
  })

  it('findDate returns an existing date or null for every hostile string of the shared data', ({ skip }) => {
    const file = shared('data/security/dates.json')
    if (!existsSync(file)) skip(sharedIsAbsent)
    const texts = JSON.parse(readFileSync(file, 'utf8')) as string[]
    const values = texts.map((text) => findDate(text)?.value ?? null)
    expect(texts.length).toBeGreaterThan(50)
    for (const value of values)
      if (value !== null) {
        expect(value).toMatch(/^(?:19|20)\d\d-\d\d-\d\d(T\d\d:\d\d:00\+07:00)?$|^1970-01-01$/)
        expect(new Date(value).getTime()).not.toBeNaN()
      }
    expect(values.filter((value) => value !== null).length).toBeGreaterThan(10)
  })
})

describe('isDateLine', () => {
  it.each([
    '08/09/2020',
    'Thứ Ba, 08/09/2020, 14:30 (GMT+7)',
    'Thứ ba, ngày 8/9/2020 | 14h30',
    'Thứ 3, ngày 08 tháng 09 năm 2020',
    'Chủ nhật, 06/09/2020',
    'Ngày đăng: 08/09/2020 - Ngày cập nhật: 10/09/2020',
    'Cập nhật lúc 14:30, 08/09/2020',
    'Đăng lúc: 14:30 - 08/09/2020',
    '(08/09/2020)',
    '[08/09/2020 14:30]',
    'Bắc Kạn, ngày 8 tháng 9 năm 2020',
    '08/09/2020 2:30 PM',
    "14h30' ngày 08/09/2020",
    'Tuesday, 08/09/2020',
    'T3, 08/09/2020 - 14h:30',
    'Published: Sep 8, 2020',
    '2020-09-08T07:30:00Z',
    'Thứ Ba, 08/09/2020'.normalize('NFD'),
  ])('isDateLine accepts "%s", which contains only a date', (line) => {
    expect(isDateLine(line)).toBe(true)
  })

  it.each([
    'Hội nghị ngày 08/09/2020',
    'Ngày 08/09/2020, UBND tỉnh tổ chức hội nghị.',
    'Kế hoạch tháng 9 năm 2020 của Sở Y tế',
    '31/02/2020',
    'Hà',
    '',
    `08/09/2020${' '.repeat(300)}`,
  ])('isDateLine rejects "%s", which contains no date or contains more than a date', (line) => {
    expect(isDateLine(line)).toBe(false)
  })
})
