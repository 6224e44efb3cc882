import type { Bulletin } from '../../shared/bulletin'
import { escapeHtml } from '../text/escape-html'
import { formatPublicationDay, getOriginRows, getSourceName } from './labels'
import type { MarkedParts } from './printed-marks'
import type { Say } from './say'

/**
 * Returns the kicker of a bulletin: the line above the title with the source and the date. Returns an empty text if
 * neither the source nor the date is known.
 */
export function renderKicker(bulletin: Pick<Bulletin, 'source' | 'publishedAt'>): string {
  const parts = [getSourceName(bulletin), formatPublicationDay(bulletin)].filter((part) => part !== null)
  return parts.length === 0
    ? ''
    : `<p class="kicker">${parts.map((part) => `<span>${escapeHtml(part)}</span>`).join(' ')}</p>`
}

/**
 * Returns the author's name in bold and then the offices that the author holds. Returns an empty text if there is no
 * author.
 */
export function renderAuthor([name, ...offices]: MarkedParts['author']): string {
  if (name === undefined) return ''
  return `<p class="author"><b>${name}</b>${offices.length === 0 ? '' : `<i>${offices.join(' - ')}</i>`}</p>`
}

/**
 * Returns the user's notes as HTML, in the order of their numbers. If the passage of a note is no longer in the text,
 * the note also quotes the passage.
 */
export function renderNotes(notes: MarkedParts['notes'], say: Say): string {
  if (notes.length === 0) return ''
  const rows = notes.map(({ note: { text, passage }, isFound: isPlaced }) => {
    const about = isPlaced ? '' : `<q>${escapeHtml(passage.quote)}</q> ${escapeHtml(say('print.note-lost'))} `
    return `<li>${about}${escapeHtml(text)}</li>`
  })
  return `<section class="notes"><h2>${escapeHtml(say('print.notes'))}</h2><ol>${rows.join('')}</ol></section>
`
}

/** Returns the source box (address or file name, first capture, hash) as an HTML definition list. */
export function renderOriginList(bulletin: Bulletin, say: Say): string {
  const lines = getOriginRows(bulletin, say).map(
    ([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  )
  return `<dl>${lines.join('')}</dl>`
}
