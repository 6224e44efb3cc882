import type { Page } from '@playwright/test'

/** How many bulletins the simulated library has. */
export const longListTotal = 100_000

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** Id of the bulletin at a place of the simulated list. */
export function longListId(at: number): string {
  return [...at.toString(32).padStart(16, '0')].map((digit) => digits[Number.parseInt(digit, 32)]).join('')
}

function rowOf(at: number): object {
  return {
    id: longListId(at),
    title: `Thông báo số ${at} về việc triển khai kế hoạch xây dựng nông thôn mới trên địa bàn huyện Ba Bể`,
    summary: 'Ủy ban nhân dân tỉnh Bắc Kạn thông báo thời gian, địa điểm và nội dung của hội nghị triển khai kế hoạch.',
    excerpt: null,
    publishedAt: '2020-09-08',
    source: { id: null, name: 'Cổng thông tin điện tử tỉnh Bắc Kạn', host: null },
    read: at % 3 === 0,
    starred: at % 7 === 0,
    started: false,
    attachments: at % 5,
    picture: null,
  }
}

/** A call of the list as the page sent it. */
export interface LongListCall {
  method: string
  input: { offset: number; limit: number; id?: string }
}

/**
 * Answers the page's calls for rows as a library of {@link longListTotal} bulletins would, paged as the contract pages
 * them; all other calls go to the host. Give what is called to see what was asked, in order.
 */
export async function simulateLongList(page: Page, calls: LongListCall[] = []): Promise<void> {
  await page.route('**/api/call', (route) => {
    const call = route.request().postDataJSON() as LongListCall
    calls.push(call)
    const { offset, limit } = call.input
    const answers: Record<string, () => object> = {
      listBulletins: () => ({
        total: longListTotal,
        items: Array.from({ length: Math.min(limit, longListTotal - offset) }, (_, at) => rowOf(offset + at)),
      }),
      countBulletins: () => ({ all: longListTotal, unread: longListTotal, starred: 0, started: 0, trash: 0 }),
    }
    const value = answers[call.method]?.()
    if (value === undefined) return route.continue()
    return route.fulfill({ contentType: 'application/json', body: JSON.stringify({ ok: true, value }) })
  })
}
