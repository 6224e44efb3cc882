import { parseHTML } from 'linkedom'
import type { BulletinText, Repair, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { mergeRepairs, normalizeText } from '../text/normalize'
import { firstSentence } from '../text/sentences'
import { type BodyItem, htmlOfItem } from './body-items'
import type { PageParts } from './html'
import { sanitizeBody } from './sanitize'

const longestTitleFromText = 160

/**
 * The text of a revision from a page's parts: each field repaired but for what is `undone`, every repair counted, the
 * body sanitised. Throws `no-text` where neither title nor body has a word; details: name.
 */
export function bulletinText(page: PageParts, name: string, undone: readonly RepairName[] = []): BulletinText {
  const repairs: Repair[] = []
  const repaired = (text: string, field: Repair['field']): string => {
    const result = normalizeText(text, field, undone)
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
  const bodyText = bodyTextOf(items, undone)
  const title = givenTitle === '' ? firstSentence(bodyText, longestTitleFromText) : givenTitle
  if (title === '') throw new AppError('no-text', `extract ${name}: no text`, { name })
  const html = items.map((item) => repairedHtml(sanitizeBody(htmlOfItem(item)), fieldOf(item), undone))
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

function fieldOf({ kind }: BodyItem): Repair['field'] {
  return kind === 'caption' || kind === 'figure' ? 'caption' : 'body'
}

/** The same repairs between the tags; sanitised HTML has no "<" or ">" but those of its tags. Counted in the text. */
function repairedHtml(html: string, field: Repair['field'], undone: readonly RepairName[]): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : normalizeText(text, field, undone).text,
  )
}

/** The body alone: captions left out, one blank line between paragraphs, table cells parted by blanks. */
function bodyTextOf(items: readonly BodyItem[], undone: readonly RepairName[]): string {
  return items
    .filter(({ kind }) => kind === 'paragraph' || kind === 'whole')
    .flatMap(({ kind, text, html }) => (kind === 'whole' && html !== null ? linesOfWhole(html, undone) : [text]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** The rows of a table, the items of a list, the paragraphs of a quote. */
function linesOfWhole(html: string, undone: readonly RepairName[]): string[] {
  const { document } = parseHTML(`<html><body>${repairedHtml(sanitizeBody(html), 'body', undone)}</body></html>`)
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
