import type { Page } from '@playwright/test'
import { answerCalls } from './contract-calls.ts'

/** The number of bulletins in the simulated library. */
export const longListTotal = 100_000

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes the id of a bulletin from a number. The id has 16 characters of the alphabet of ids. */
export function bulletinIdOf(number: number): string {
  return [...number.toString(32).padStart(16, '0')].map((digit) => digits[Number.parseInt(digit, 32)]).join('')
}

/** Returns a row of the list in the form in which the contract sends it. */
export function listRow(changed: Record<string, unknown>): object {
  return {
    excerpt: null,
    read: false,
    starred: false,
    started: false,
    attachments: 0,
    picture: null,
    ...changed,
  }
}

function rowAt(at: number): object {
  return listRow({
    id: bulletinIdOf(at),
    title: `Thông báo số ${at} về việc triển khai kế hoạch xây dựng nông thôn mới trên địa bàn huyện Ba Bể`,
    summary: 'Ủy ban nhân dân tỉnh Bắc Kạn thông báo thời gian, địa điểm và nội dung của hội nghị triển khai kế hoạch.',
    publishedAt: '2020-09-08',
    source: { id: null, name: 'Cổng thông tin điện tử tỉnh Bắc Kạn', host: null },
    read: at % 3 === 0,
    starred: at % 7 === 0,
    attachments: at % 5,
  })
}

/** A call that the page sent. */
export interface LongListCall {
  method: string
  input: { offset: number; limit: number; id?: string }
}

/**
 * Answers the page's calls for rows in the place of the host, like a library of {@link longListTotal} bulletins. All
 * other calls go to the host. Appends every call to `calls`.
 */
export async function simulateLongList(page: Page, calls: LongListCall[] = []): Promise<void> {
  await answerCalls(page, {
    listBulletins: (input) => {
      // The cast is safe, because the interface sends these two fields with this method.
      const { offset, limit } = input as LongListCall['input']
      const count = Math.min(limit, longListTotal - offset)
      return { total: longListTotal, items: Array.from({ length: count }, (_, at) => rowAt(offset + at)) }
    },
    countBulletins: () => ({ all: longListTotal, unread: longListTotal, starred: 0, started: 0, trash: 0 }),
  })
  await page.route('**/api/call', (route) => {
    calls.push(route.request().postDataJSON() as LongListCall)
    return route.fallback()
  })
}
