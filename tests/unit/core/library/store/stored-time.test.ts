import { describe, expect, it } from 'vitest'
import { parseStoredTime } from '../../../../../src/core/library/store/stored-time'

describe('parseStoredTime', () => {
  it.each([
    ['2020-09', '2020-08-31T17:00:00.000Z'],
    ['2020-09-08', '2020-09-07T17:00:00.000Z'],
    ['2020-09-08T14:30:00+07:00', '2020-09-08T07:30:00.000Z'],
    ['2020-09-08T14:30+07:00', '2020-09-08T07:30:00.000Z'],
    ['2026-11-24T03:15:00.000Z', '2026-11-24T03:15:00.000Z'],
  ])('reads %s', (value, iso) => {
    expect(new Date(parseStoredTime(value) ?? NaN).toISOString()).toBe(iso)
  })

  it.each([
    '',
    'zzz',
    '2020',
    '2020-9-8',
    '2020-13',
    '2020-09-99',
    '+275760-09-14T00:00:00Z',
    '2020-09-08\n',
    ' 2020-09',
  ])('refuses %j', (value) => {
    expect(parseStoredTime(value)).toBe(null)
  })
})
