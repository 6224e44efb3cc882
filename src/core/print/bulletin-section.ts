import type { Bulletin } from '../../shared/bulletin'
import { vietnamClock } from '../../shared/vietnam-time'
import { sanitizeBody } from '../extract/sanitize'
import { escapeHtml } from '../text/escape'
import type { Say, SectionParts } from './edition'
import { dayOf, dayText, sourceNameOf } from './labels'
import { markedParts, type MarkedParts } from './marked-text'
import { qrSvg } from './qr'
import { preparedTables } from './tables'

/** A bulletin as it is printed in every template but `script`. */
export function bulletinSection({ bulletin, at, edition, options, box, say, endCode }: SectionParts): string {
  const { id, bodyHtml } = bulletin
  const pageEm = (box.width - box.margins[2] - box.margins[3]) / ((options.sizePt * 25.4) / 72)
  const room = { pageEm, columnEm: options.template === 'digest' ? pageEm / 2 - 1 : pageEm, sizePt: options.sizePt }
  const parts = markedParts(bulletin, preparedTables(sanitizeBody(bodyHtml), room), options)
  const { title, summary, notes } = parts
  const body = parts.body.replaceAll(
    /src="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"/g,
    (_all, file: string) => `src="${escapeHtml(edition.mediaPath(id, file))}"`,
  )
  const [name, ...offices] = parts.author
  return `<article class="bulletin b${at}" id="b${at}" lang="vi">
${options.template === 'large' ? notice(options, say) : ''}${kicker(bulletin)}
<h1 class="title">${title}</h1>
${summary === null ? '' : `<p class="summary">${summary}</p>`}
<div class="body">
${body}
</div>
${name === undefined ? '' : `<p class="author"><b>${name}</b>${offices.length === 0 ? '' : `<i>${offices.join(' - ')}</i>`}</p>`}
${notesList(notes, say)}${originOf(bulletin, options, say)}${endCode === null ? '' : `<p class="end-code">${escapeHtml(endCode)}</p>`}
</article>`
}

/** The reader's notes by their numbers; one whose words are gone from the text says what it was about. */
function notesList(notes: MarkedParts['notes'], say: Say): string {
  if (notes.length === 0) return ''
  const rows = notes.map(({ note: { text, passage }, isPlaced }) => {
    const about = isPlaced ? '' : `<q>${escapeHtml(passage.quote)}</q> ${escapeHtml(say('print.note-lost'))} `
    return `<li>${about}${escapeHtml(text)}</li>`
  })
  return `<section class="notes"><h2>${escapeHtml(say('print.notes'))}</h2><ol>${rows.join('')}</ol></section>
`
}

/** Source and date of a bulletin, on one line. */
export function kicker(bulletin: Bulletin): string {
  const parts = [sourceNameOf(bulletin), dayOf(bulletin)].filter((part) => part !== null)
  return parts.length === 0
    ? ''
    : `<p class="kicker">${parts.map((part) => `<span>${escapeHtml(part)}</span>`).join(' ')}</p>`
}

/** The heading of a notice: the office that posts it, and from when to when. */
function notice({ office, postedFrom, postedUntil }: SectionParts['options'], say: Say): string {
  const posted =
    postedFrom === null
      ? null
      : say(postedUntil === null ? 'print.posted-from' : 'print.posted', {
          from: dayText(postedFrom),
          until: dayText(postedUntil ?? postedFrom),
        })
  if (office === '' && posted === null) return ''
  return `<header class="notice">${office === '' ? '' : `<p class="office">${escapeHtml(office)}</p>`}${posted === null ? '' : `<p class="posted">${escapeHtml(posted)}</p>`}</header>
`
}

/** Where a bulletin comes from: the box of its address, captures and hash, and the address as a QR code. */
export function originOf(bulletin: Bulletin, { sourceBox, qr }: SectionParts['options'], say: Say): string {
  const { url } = bulletin
  const box = sourceBox ? originRows(bulletin, say) : ''
  const code = qr && url !== null ? qrSvg(url, escapeHtml(say('print.qr'))) : null
  if (box === '' && code === null) return ''
  // Without the box the address still stands beside its code: a person may have to type it.
  const rows =
    box === '' ? `<dl><dt>${escapeHtml(say('print.address'))}</dt><dd>${escapeHtml(url ?? '')}</dd></dl>` : box
  return `<div class="source-box">${code ?? ''}${rows}</div>
`
}

function originRows({ url, captures, revision }: Bulletin, say: Say): string {
  const first = captures[0]
  const kept = vietnamClock(first?.capturedAt ?? revision.capturedAt)
  const rows: [string, string | null | undefined][] = [
    [say('print.address'), url],
    [say('print.file'), url === null ? first?.originalFileName : null],
    [say('print.captured'), `${kept.time} ${kept.day}`],
    ['SHA-256', first?.sha256],
  ]
  const lines = rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value ?? '')}</dd>`)
  return `<dl>${lines.join('')}</dl>`
}
