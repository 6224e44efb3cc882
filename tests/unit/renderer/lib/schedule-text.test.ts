import { describe, expect, it } from 'vitest'
import { scheduleSentence } from '../../../../src/renderer/src/lib/schedule-text'
import { translate } from '../../../../src/shared/locales/translate'

describe('scheduleSentence', () => {
  it.each<[number | null, string, string]>([
    [null, 'Khi tôi bấm', 'Only when I ask'],
    [30, '30 phút một lần', 'Every 30 minutes'],
    [90, '90 phút một lần', 'Every 90 minutes'],
    [60, '1 giờ một lần', 'Every hour'],
    [360, '6 giờ một lần', 'Every 6 hours'],
    [1440, '1 ngày một lần', 'Every day'],
    [10_080, '1 tuần một lần', 'Every week'],
    [11_520, '8 ngày một lần', 'Every 8 days'],
  ])(
    'scheduleSentence writes an interval of %s minutes in the largest unit that gives a whole number',
    (minutes, vi, en) => {
      expect(scheduleSentence(minutes, (key, values) => translate('vi', key, values))).toBe(vi)
      expect(scheduleSentence(minutes, (key, values) => translate('en', key, values))).toBe(en)
    },
  )
})
