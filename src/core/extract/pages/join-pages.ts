import type { BulletinText } from '../../../shared/bulletin'
import { escapeHtml } from '../../text/escape-html'
import { mergeRepairs } from '../../text/repair/normalize'
import type { Extraction, ReceivedPage } from '../extraction'
import { isSameText } from '../fields/title'
import { maxPages } from './find-more-pages'

/** The limits on the further pages of one article. */
export interface PageLimits {
  maxPages: number
  maxBytes: number
  /** Maximum time in ms for all further pages. No page is requested after this time. */
  maxTotalMs: number
}

/** The default limits (`docs/security.md`). */
export const pageLimits: PageLimits = { maxPages, maxBytes: 20 * 1024 * 1024, maxTotalMs: 60_000 }

/** The dependencies of {@link collectMorePages}. */
export interface MorePagesParts<Page extends ReceivedPage> {
  /** Reads a further page. Returns null if the page cannot be downloaded. */
  read(address: string): Promise<Page | null>
  extract(page: ReceivedPage): Promise<Extraction>
  limits?: PageLimits
  now?(): number
}

/**
 * Joins the further pages of an article to its first page. A page is joined only if it has the same title and a text
 * that the pages before do not have. The result lists the pages that were joined. The field `leftOut` of the text lists
 * the pages that could not be downloaded.
 */
export async function collectMorePages<Page extends ReceivedPage>(
  first: Extraction,
  { read, extract, limits = pageLimits, now = Date.now }: MorePagesParts<Page>,
): Promise<{ extraction: Extraction; pages: Page[] }> {
  const [start, queue, known] = [now(), [...first.morePages], new Set(first.morePages)]
  const [pages, missing]: [Page[], string[]] = [[], []]
  let [joined, bytes] = [first, 0]
  for (const address of queue) {
    const isAllowed = pages.length < limits.maxPages && bytes < limits.maxBytes && now() - start < limits.maxTotalMs
    const page = isAllowed ? await read(address) : null
    const next = page === null ? null : await extract(page).catch(() => null) // a broken page is named as missing
    if (page === null || next === null) {
      missing.push(address)
      continue
    }
    bytes += page.bytes.byteLength
    if (!isNextPage(joined, next)) continue
    pages.push(page)
    joined = joinPage(joined, next)
    // Each joined page may lead to further pages, because the first page may have a link to the second one only.
    for (const further of next.morePages) if (!known.has(further)) queue.push(further)
    for (const further of next.morePages) known.add(further)
  }
  return { extraction: { ...joined, text: { ...joined.text, ...nameMissingPages(joined.text, missing) } }, pages }
}

/** Lists the further pages of a saved article in `leftOut` of its text, because no request is sent for these pages. */
export function noteMorePages(extraction: Extraction): Extraction {
  if (extraction.morePages.length === 0) return extraction
  return { ...extraction, text: { ...extraction.text, ...nameMissingPages(extraction.text, extraction.morePages) } }
}

function nameMissingPages(text: BulletinText, missing: readonly string[]): Pick<BulletinText, 'leftOut'> {
  if (missing.length === 0) return {}
  const note = `Bài có nhiều trang, chưa lấy được: ${missing.join(', ')}`.slice(0, 300)
  return { leftOut: [{ text: note, letters: note.replace(/\s+/g, '').length }, ...(text.leftOut ?? [])] }
}

function isNextPage(before: Extraction, next: Extraction): boolean {
  if (!isSameText(withoutNumber(before.text.title), withoutNumber(next.text.title))) return false
  const known = new Set(before.text.bodyText.split('\n\n'))
  return next.text.bodyText.split('\n\n').some((paragraph) => paragraph !== '' && !known.has(paragraph))
}

/** Removes the number of the page from a title ("Tên bài - Trang 2", "Tên bài (2/3)"). */
function withoutNumber(title: string): string {
  return title.replace(/\s*[-–|(]?\s*(?:trang|page|kỳ|phần)?\s*\d{1,2}(?:\s*\/\s*\d{1,2})?\s*\)?$/iu, '')
}

function joinPage(first: Extraction, next: Extraction): Extraction {
  const { text, media } = first
  // If the next page repeats the lead, the lead is left out. Any other lead of the next page is a part of its text.
  const lead = next.text.summary !== null && next.text.summary !== text.summary ? next.text.summary : null
  const html = lead === null ? next.text.bodyHtml : `<p>${escapeHtml(lead)}</p>\n${next.text.bodyHtml}`
  const body = lead === null ? next.text.bodyText : `${lead}\n\n${next.text.bodyText}`
  const offset = text.figures.length
  return {
    ...first,
    text: {
      ...text,
      author: text.author ?? next.text.author,
      bodyHtml: `${text.bodyHtml}\n${html}`,
      bodyText: `${text.bodyText}\n\n${body}`,
      figures: [...text.figures, ...next.text.figures],
      repairs: mergeRepairs([...text.repairs, ...next.text.repairs]),
      ...joinLeftOut(text, next.text),
    },
    media: {
      pictures: [
        ...media.pictures,
        ...next.media.pictures.map(({ address, figure }) => ({
          address,
          figure: figure === null ? null : figure + offset,
        })),
      ],
      attachments: [
        ...media.attachments,
        ...next.media.attachments.filter(({ address }) => !media.attachments.some((each) => each.address === address)),
      ],
    },
    log: [...first.log, ...next.log],
  }
}

function joinLeftOut(a: BulletinText, b: BulletinText): Pick<BulletinText, 'leftOut'> {
  const parts = [...(a.leftOut ?? []), ...(b.leftOut ?? [])]
  return parts.length === 0 ? {} : { leftOut: parts }
}
