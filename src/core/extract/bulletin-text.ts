import { parseHTML } from 'linkedom'
import type { BulletinText, Repair, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { mergeRepairs, normalizeText, type Normalized } from '../text/repair/normalize'
import type { PageRepair } from '../text/repair/page-repair'
import type { Trace } from '../text/repair/provenance'
import { firstSentence } from '../text/sentences'
import { type BodyItem, htmlOfItem } from './body-item'
import { parsePictureMark } from './body/body-items'
import { isBlockElement, isElement } from './html/blocks'
import { escapeHtml } from '../text/escape-html'
import type { PageParts } from './page-parts'
import type { PageMedia } from './page-media'
import { sanitizeBody } from './sanitize'

/** A title made of the first sentence is cut at a word before this many characters. */
export const maxTitleFromTextLength = 160
const placeholder = /<span class="missing-picture"(?: data-original="([^"]*)")?>/g

/**
 * The text of a revision from a page's parts, and what it refers to: each field repaired but for what is `undone`, every repair counted, the
 * body sanitised. Throws `no-text` where neither title nor body has a word; details: name.
 */
export function createBulletinText(
  page: PageParts,
  name: string,
  undone: readonly RepairName[] = [],
  repair?: Pick<PageRepair, 'trace'>,
): { text: BulletinText; media: PageMedia } {
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
  const title = givenTitle === '' ? firstSentence(bodyText, maxTitleFromTextLength) : givenTitle
  if (title === '') throw new AppError('no-text', `extract ${name}: no text`, { name })
  const wanted = { undone, trace: repair?.trace() ?? null }
  const html = items.map((item) => {
    const clean = sanitizeBody(htmlOfItem(item))
    // Without HTML of its own an item is its text, which is repaired already.
    return item.html === null ? clean : repairedHtml(clean, fieldOf(item), wanted)
  })
  const pictures: PageMedia['pictures'] = []
  let figure = -1
  const bodyHtml = items.map((item, at) => {
    if (isFigure(item)) figure += 1
    return namePictures(html[at] ?? '', page.pictures, (address) =>
      pictures.push({ address, figure: isFigure(item) ? figure : null }),
    )
  })
  const text = {
    title,
    summary,
    author,
    published: page.published,
    language: 'vi',
    bodyHtml: bodyHtml.filter((part) => part !== '').join('\n'),
    bodyText,
    figures: items
      .filter(isFigure)
      .map(({ text, alt }) => ({ file: null, caption: text === '' ? null : text, alt: alt ?? null })),
    attachments: [],
    repairs: mergeRepairs(repairs),
  } satisfies BulletinText
  return { text, media: { pictures, attachments: page.attachments } }
}

function isFigure({ kind }: BodyItem): boolean {
  return kind === 'figure' || kind === 'caption'
}

/** Puts the pictures' own addresses where the marks stand; each placeholder that is left is one picture. */
function namePictures(html: string, addresses: readonly string[], found: (address: string) => void): string {
  return html.replace(placeholder, (whole, mark: string | undefined) => {
    const index = parsePictureMark(mark ?? '')
    const address = index === null ? undefined : addresses[index]
    if (address === undefined) return whole
    found(address)
    const original = /^https?:/i.test(address) ? ` data-original="${escapeHtml(address)}"` : ''
    return `<span class="missing-picture"${original}>`
  })
}

/** What its reader wants of the repairs: which not, and what is known of those to the page's encoding. */
export interface RepairOptions {
  undone: readonly RepairName[]
  trace: Trace | null
}

/** The repairs to the page's encoding come first: the others look at letters. */
export function repairField(text: string, field: Repair['field'], { undone, trace }: RepairOptions): Normalized {
  const traced = trace === null ? { text, repairs: [] } : trace(text, field, undone)
  const { text: result, repairs } = normalizeText(traced.text, field, undone)
  return { text: result, repairs: [...traced.repairs, ...repairs] }
}

function fieldOf({ kind }: BodyItem): Repair['field'] {
  return kind === 'caption' || kind === 'figure' ? 'caption' : 'body'
}

/** The same repairs between the tags; sanitised HTML has no "<" or ">" but those of its tags. Counted in the text. */
export function repairedHtml(html: string, field: Repair['field'], wanted: RepairOptions): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : repairField(text, field, wanted).text,
  )
}

/** The body alone: captions left out, one blank line between paragraphs, table cells parted by blanks. */
function bodyTextOf(items: readonly BodyItem[], wanted: RepairOptions): string {
  return items
    .filter(({ kind }) => kind === 'paragraph' || kind === 'whole')
    .flatMap(({ kind, text, html }) => (kind === 'whole' && html !== null ? linesOfWhole(html, wanted) : [text]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** The rows of a table, the items of a list, the paragraphs of a quote: every word of it, one line per row or block. */
function linesOfWhole(html: string, wanted: RepairOptions): string[] {
  const { document } = parseHTML(`<html><body>${repairedHtml(sanitizeBody(html), 'body', wanted)}</body></html>`)
  const lines: string[] = []
  let line = ''
  const end = (): void => {
    const text = line.replace(/[^\S\u00a0]+/gu, ' ').trim()
    if (text !== '') lines.push(text)
    line = ''
  }
  const walk = (parent: Element, isInRow: boolean): void => {
    for (const node of parent.childNodes) {
      if (!isElement(node)) line += node.textContent ?? ''
      else if (node.getAttribute('class') === 'missing-picture') continue
      else if (node.localName === 'br') line += ' '
      else if (!isBlockElement(node)) walk(node, isInRow)
      else if (isInRow) {
        line += ' '
        walk(node, true)
        line += ' '
      } else {
        end()
        walk(node, node.localName === 'tr')
        end()
      }
    }
  }
  walk(document.body, false)
  end()
  return lines
}
