import type { Bulletin } from '../../shared/bulletin'
import { escapeHtml } from '../text/escape-html'
import { formatPublicationDay, getOriginRows, getSourceName } from './labels'
import type { MarkedParts } from './printed-marks'
import type { Say } from './say'

/**
 * Returns the kicker of a bulletin: its source and date, on one line above the title. Returns an empty text if neither
 * is known.
 */
export function renderKicker(bulletin: Pick<Bulletin, 'source' | 'publishedAt'>): string {
  const parts = [getSourceName(bulletin), formatPublicationDay(bulletin)].filter((part) => part !== null)
  return parts.length === 0
    ? ''
    : `<p class="kicker">${parts.map((part) => `<span>${escapeHtml(part)}</span>`).join(' ')}</p>`
}

/** Returns the author's name in bold and then the offices. Returns an empty text if there is no author. */
export function renderAuthor([name, ...offices]: MarkedParts['author']): string {
  if (name === undefined) return ''
  return `<p class="author"><b>${name}</b>${offices.length === 0 ? '' : `<i>${offices.join(' - ')}</i>`}</p>`
}

/**
 * The user's notes in the order of their numbers. If the passage of a note is no longer in the text, the note quotes
 * the passage.
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

/** The rows of the source box as a definition list. */
export function renderOriginList(bulletin: Bulletin, say: Say): string {
  const lines = getOriginRows(bulletin, say).map(
    ([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  )
  return `<dl>${lines.join('')}</dl>`
}
