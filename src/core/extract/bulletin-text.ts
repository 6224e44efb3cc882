import { parseHTML } from 'linkedom'
import type { BulletinText, Repair, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { mergeRepairs, normalizeText, type Normalized } from '../text/normalize'
import type { PageRepair } from '../text/page-repair'
import type { Trace } from '../text/provenance'
import { firstSentence } from '../text/sentences'
import { type BodyItem, htmlOfItem } from './body-items'
import type { PageParts } from './html'
import { sanitizeBody } from './sanitize'

const longestTitleFromText = 160

/**
 * The text of a revision from a page's parts: each field repaired but for what is `undone`, every repair counted, the
 * body sanitised. Throws `no-text` where neither title nor body has a word; details: name.
 */
export function bulletinText(
  page: PageParts,
  name: string,
  undone: readonly RepairName[] = [],
  repair?: Pick<PageRepair, 'trace'>,
): BulletinText {
  const repairs: Repair[] = []
  const trace = repair?.trace() ?? null
  const repaired = (text: string, field: Repair['field']): string => {
    const result = repairField(text, field, { undone, trace })
    repairs.push(...result.repairs)
    return result.text.replace(/[^\S\u00a0]+/gu, ' ').trim()
  }
  const optional = (text: string | null | undefined, field: Repair['field']): string | null => {
    const result = repaired(text ?? '', field)
    return result === '' ? null : result
  }
  const givenTitle = repaired(page.title, 'title')
  const summary = optional(page.summary, 'summary')
  const author = optional(page.author, 'author')
  const items = page.items.map((item) => ({
    ...item,
    text: repaired(item.text, fieldOf(item)),
    ...(item.alt === undefined ? {} : { alt: optional(item.alt, 'caption') }),
  }))
  const bodyText = bodyTextOf(items, { undone, trace: repair?.trace() ?? null })
  const title = givenTitle === '' ? firstSentence(bodyText, longestTitleFromText) : givenTitle
  if (title === '') throw new AppError('no-text', `extract ${name}: no text`, { name })
  const wanted = { undone, trace: repair?.trace() ?? null }
  const html = items.map((item) => {
    const clean = sanitizeBody(htmlOfItem(item))
    // Without HTML of its own an item is its text, which is repaired already.
    return item.html === null ? clean : repairedHtml(clean, fieldOf(item), wanted)
  })
  return {
    title,
    summary,
    author,
    published: page.published,
    language: 'vi',
    bodyHtml: html.filter((part) => part !== '').join('\n'),
    bodyText,
    figures: items
      .filter(({ kind }) => kind === 'figure' || kind === 'caption')
      .map(({ text, alt }) => ({ file: null, caption: text === '' ? null : text, alt: alt ?? null })),
    attachments: [],
    repairs: mergeRepairs(repairs),
  }
}

/** What its reader wants of the repairs: which not, and what is known of those to the page's encoding. */
interface Wanted {
  undone: readonly RepairName[]
  trace: Trace | null
}

/** The repairs to the page's encoding come first: the others look at letters. */
function repairField(text: string, field: Repair['field'], { undone, trace }: Wanted): Normalized {
  const traced = trace === null ? { text, repairs: [] } : trace(text, field, undone)
  const { text: result, repairs } = normalizeText(traced.text, field, undone)
  return { text: result, repairs: [...traced.repairs, ...repairs] }
}

function fieldOf({ kind }: BodyItem): Repair['field'] {
  return kind === 'caption' || kind === 'figure' ? 'caption' : 'body'
}

/** The same repairs between the tags; sanitised HTML has no "<" or ">" but those of its tags. Counted in the text. */
function repairedHtml(html: string, field: Repair['field'], wanted: Wanted): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : repairField(text, field, wanted).text,
  )
}

/** The body alone: captions left out, one blank line between paragraphs, table cells parted by blanks. */
function bodyTextOf(items: readonly BodyItem[], wanted: Wanted): string {
  return items
    .filter(({ kind }) => kind === 'paragraph' || kind === 'whole')
    .flatMap(({ kind, text, html }) => (kind === 'whole' && html !== null ? linesOfWhole(html, wanted) : [text]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** The rows of a table, the items of a list, the paragraphs of a quote. */
function linesOfWhole(html: string, wanted: Wanted): string[] {
  const { document } = parseHTML(`<html><body>${repairedHtml(sanitizeBody(html), 'body', wanted)}</body></html>`)
  const parts = [...document.querySelectorAll('tr, li, dt, dd, p, h2, h3, h4, pre')].filter(
    (element) => element.parentElement?.closest('tr, li, dt, dd') === null,
  )
  const lines = (parts.length === 0 ? [document.body] : parts).map((element) =>
    [...(element.localName === 'tr' ? element.children : [element])]
      .map((cell) => (cell.textContent ?? '').replace(/[^\S\u00a0]+/gu, ' ').trim())
      .join(' '),
  )
  return lines.map((line) => line.trim())
}
