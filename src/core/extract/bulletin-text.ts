import type { BulletinText, Repair, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { mergeRepairs } from '../text/repair/normalize'
import type { PageRepair } from '../text/repair/page-repair'
import { firstSentence } from '../text/sentences'
import { type BodyItem, renderItem } from './body-item'
import { parsePictureMark } from './body/body-items'
import { escapeHtml } from '../text/escape-html'
import type { PageParts } from './page-parts'
import type { PageMedia } from './page-media'
import { formatBodyText } from './body-text'
import { repairHtml, repairField } from './repair-field'
import { sanitizeBody } from '../text/sanitize'

/**
 * Maximum length in characters of a title that is made from the first sentence. A longer sentence is cut between two
 * words.
 */
export const maxTitleFromTextLength = 160
const placeholder = /<span class="missing-picture"(?: data-original="([^"]*)")?>/g

/**
 * Creates the text of a revision and the list of its pictures and files from the parts of a page. Repairs each field,
 * but leaves out the repairs in `undone`. Counts every repair and sanitises the body. Throws `no-text` if title and
 * body are empty (details: name).
 */
export function createBulletinText(
  page: PageParts,
  name: string,
  undone: readonly RepairName[] = [],
  repair?: Pick<PageRepair, 'trace'>,
): { text: BulletinText; media: PageMedia } {
  const repairs: Repair[] = []
  const trace = repair?.trace() ?? null
  const repairText = (text: string, field: Repair['field']): string => {
    const result = repairField(text, field, { undone, trace })
    repairs.push(...result.repairs)
    return result.text.replace(/[^\S\u00a0]+/gu, ' ').trim()
  }
  const repairOptional = (text: string | null | undefined, field: Repair['field']): string | null => {
    const result = repairText(text ?? '', field)
    return result === '' ? null : result
  }
  const givenTitle = repairText(page.title, 'title')
  const summary = repairOptional(page.summary, 'summary')
  const author = repairOptional(page.author, 'author')
  const items = page.items.map((item) => ({
    ...item,
    text: repairText(item.text, chooseField(item)),
    ...(item.alt === undefined ? {} : { alt: repairOptional(item.alt, 'caption') }),
  }))
  const bodyText = formatBodyText(items, { undone, trace: repair?.trace() ?? null })
  const title = givenTitle === '' ? firstSentence(bodyText, maxTitleFromTextLength) : givenTitle
  if (title === '') throw new AppError('no-text', `extract ${name}: no text`, { name })
  const options = { undone, trace: repair?.trace() ?? null }
  const html = items.map((item) => {
    const clean = sanitizeBody(renderItem(item))
    // If the HTML of an item is null, `renderItem` returns the text of that item, which is already repaired.
    return item.html === null ? clean : repairHtml(clean, chooseField(item), options)
  })
  const pictures: PageMedia['pictures'] = []
  let figure = -1
  const bodyHtml = items.map((item, at) => {
    if (isFigure(item)) figure += 1
    return restoreAddresses(html[at] ?? '', page.pictures, (address) =>
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
    ...(page.official === null ? {} : { official: page.official }),
    ...describeLeftOut(page.account),
  } satisfies BulletinText
  return { text, media: { pictures, attachments: page.attachments } }
}

/**
 * Maximum number of removed parts that a bulletin lists in `leftOut`, and the maximum number of characters that it
 * quotes from each part.
 */
const maxLeftOut = { parts: 12, textLength: 160 }

/** Quotes the removed parts of the page, the longest part first. Returns {} if little was removed. */
function describeLeftOut(account: PageParts['account']): Pick<BulletinText, 'leftOut'> {
  if (account === null || account.leftOut.length === 0) return {}
  const parts = account.leftOut
    .toSorted((a, b) => b.prose - a.prose)
    .slice(0, maxLeftOut.parts)
    .map(({ text, prose }) => ({ text: text.slice(0, maxLeftOut.textLength), letters: prose }))
  return { leftOut: parts }
}

function isFigure({ kind }: BodyItem): boolean {
  return kind === 'figure' || kind === 'caption'
}

/** Replaces each picture mark with the address of the picture, and calls `found` with that address. */
function restoreAddresses(html: string, addresses: readonly string[], found: (address: string) => void): string {
  return html.replace(placeholder, (whole, mark: string | undefined) => {
    const index = parsePictureMark(mark ?? '')
    const address = index === null ? undefined : addresses[index]
    if (address === undefined) return whole
    found(address)
    const original = /^https?:/i.test(address) ? ` data-original="${escapeHtml(address)}"` : ''
    return `<span class="missing-picture"${original}>`
  })
}

function chooseField({ kind }: BodyItem): Repair['field'] {
  return kind === 'caption' || kind === 'figure' ? 'caption' : 'body'
}
