import { extractBulletin } from '../../../src/core/extract/extract'
import type { Extraction, ReceivedPage } from '../../../src/core/extract/extraction'

/** Returns the HTML of a page with the given body and head. */
export function pageOf(body: string, head = ''): string {
  return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`
}

/** Extracts a bulletin from HTML. `address` is the address of the page, or null for a file. */
export function extracted(
  html: string,
  address: string | null = 'https://cong.example.vn/tin/bai.html',
  more: Partial<ReceivedPage> = {},
): Extraction {
  return extractBulletin({ bytes: Buffer.from(html), name: 'bai.html', address, ...more })
}

/** Returns the paragraphs of an extracted body. */
export function paragraphsOf({ text }: Extraction): string[] {
  return text.bodyText.split('\n\n')
}

/** Returns the captions of an extracted bulletin's pictures. */
export function captionsOf({ text }: Extraction): string[] {
  return text.figures.flatMap(({ caption }) => (caption === null ? [] : [caption]))
}
