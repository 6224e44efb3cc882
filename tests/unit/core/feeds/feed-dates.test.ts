import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFeedDate } from '../../../../src/core/feeds/feed-dates'
import { shared, sharedIsAbsent } from '../../support/shared-data'

describe('readFeedDate', () => {
  it.each([
    ['Tue, 08 Sep 2020 07:30:00 +0700', '2020-09-08T07:30:00+07:00'],
    ['Tue, 08 Sep 2020 00:30:00 GMT', '2020-09-08T07:30:00+07:00'],
    ['Tue, 8 Sep 20 07:30 ICT', '2020-09-08T07:30:00+07:00'],
    ['Sun, 06 Nov 94 08:49:37 GMT', '1994-11-06T15:49:00+07:00'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T15:49:00+07:00'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:00+07:00'],
    ['Sat, 07 Mar 2026 08:01:00 GMT+7', '2026-03-07T08:01:00+07:00'],
    ['07 Mar 2026 10:05 PM', '2026-03-07T22:05:00+07:00'],
    ['07 Mar 2026', '2026-03-07'],
    ['2026-03', '2026-03'],
    ['2026-03-07T08:52:11.000 +07:00', '2026-03-07T08:52:00+07:00'],
    ['07/03/2026 08:01 GMT+7', '2026-03-07T08:01:00+07:00'],
    ['1700000000', '2023-11-15T05:13:00+07:00'],
    ['Tue, 08 Sep 2020 7:5:0 +0700', '2020-09-08T07:05:00+07:00'],
    ['Tue, 8 Sep 2020 24:00:00 +0700', '2020-09-09T00:00:00+07:00'],
    ['Thu, 31 Dec 2020 24:00:00 +0700', '2021-01-01T00:00:00+07:00'],
    ['Tue, 08 Sept 2020 14:05:00 +07:00', '2020-09-08T14:05:00+07:00'],
    ['Sep 8, 2020', '2020-09-08'],
    ['September 8, 2020 2:05 PM', '2020-09-08T14:05:00+07:00'],
    ['T3, 08 Th9 2020 07:05:00 +0000', '2020-09-08T14:05:00+07:00'],
    ['Thứ Ba, 08 Tháng Chín 2020 07:05:00 GMT', '2020-09-08T14:05:00+07:00'],
    ['2020-09-08 09:05:44.3644 +0200 CEST', '2020-09-08T14:05:00+07:00'],
    ['8/9/2020 2:05:00 CH', '2020-09-08T14:05:00+07:00'],
    ['2020-09-08 14:05:00+07', '2020-09-08T14:05:00+07:00'],
    ['/Date(1700000000000)/', '2023-11-15T05:13:00+07:00'],
  ])('readFeedDate reads "%s" as a date in Vietnam time', (text, value) => {
    expect(readFeedDate(text)).toBe(value)
  })

  it.each([
    [''],
    ['Mon, 32 Nov 2026'],
    ['31/02/2026'],
    ['07 Foo 2026'],
    ['Mon, 23 Nov 2026 25:61:00 GMT'],
    ['Mon, 23 Nov 2026 24:30:00 GMT'],
    ['Sat, 31 Feb 2026 10:00:00 +0700'],
    ['mới đây'],
  ])('readFeedDate returns null for "%s", which is not a valid date', (text) => {
    expect(readFeedDate(text)).toBeNull()
  })

  const list = shared('data/security/dates.json')
  it.skipIf(!existsSync(list))(`readFeedDate returns null or a valid date (skipped if ${sharedIsAbsent})`, () => {
    // All items of the list are strings.
    for (const text of JSON.parse(readFileSync(list, 'utf8')) as string[])
      for (const order of ['day-first', 'month-first'] as const)
        expect(readFeedDate(text, order) ?? '2020-09').toMatch(/^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}:00\+07:00)?)?$/)
  })
})
