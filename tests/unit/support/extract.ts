import { extractBulletin } from '../../../src/core/extract/extract'
import type { Extraction, ReceivedPage } from '../../../src/core/extract/extraction'

/** A page's HTML from what its head and body hold. */
export function pageOf(body: string, head = ''): string {
  return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`
}

/** What extraction makes of HTML that came from an address; `null`: from a file. */
export function extracted(
  html: string,
  address: string | null = 'https://cong.example.vn/tin/bai.html',
  more: Partial<ReceivedPage> = {},
): Extraction {
  return extractBulletin({ bytes: Buffer.from(html), name: 'bai.html', address, ...more })
}

/** The paragraphs of a body. */
export function paragraphsOf({ text }: Extraction): string[] {
  return text.bodyText.split('\n\n')
}

/** The captions of a bulletin's pictures. */
export function captionsOf({ text }: Extraction): string[] {
  return text.figures.flatMap(({ caption }) => (caption === null ? [] : [caption]))
}
