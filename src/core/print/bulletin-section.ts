import type { Bulletin } from '../../shared/bulletin'
import { sanitizeBody } from '../text/sanitize'
import { escapeHtml } from '../text/escape-html'
import { renderAuthor, renderKicker, renderNotes, renderOriginList } from '../outputs/bulletin-parts'
import type { Say } from '../outputs/say'
import { formatDay } from '../outputs/labels'
import { markParts } from '../outputs/printed-marks'
import type { SectionParts } from './edition-options'
import { renderQrCode } from './qr-code'
import { fitTables } from './fit-tables'

/** Renders one bulletin as HTML, for every template except `script`. */
export function renderBulletin({ bulletin, at, edition, options, box, say, endCode }: SectionParts): string {
  const { id, bodyHtml } = bulletin
  const pageEm = (box.width - box.margins[2] - box.margins[3]) / ((options.sizePt * 25.4) / 72)
  const room = { pageEm, columnEm: options.template === 'digest' ? pageEm / 2 - 1 : pageEm, sizePt: options.sizePt }
  const parts = markParts(bulletin, fitTables(sanitizeBody(bodyHtml), room), options)
  const { title, summary, notes } = parts
  const body = parts.body.replaceAll(
    /src="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"/g,
    (_all, file: string) => `src="${escapeHtml(edition.mediaPath(id, file))}"`,
  )
  return `<article class="bulletin b${at}" id="b${at}" lang="vi">
${options.template === 'large' ? renderNotice(options, say) : ''}${renderKicker(bulletin)}
<h1 class="title">${title}</h1>
${summary === null ? '' : `<p class="summary">${summary}</p>`}
<div class="body">
${body}
</div>
${renderAuthor(parts.author)}
${renderNotes(notes, say)}${renderOrigin(bulletin, options, say)}${endCode === null ? '' : `<p class="end-code">${escapeHtml(endCode)}</p>`}
</article>`
}

/**
 * Returns the heading of a notice: the office that posts the notice, and the first and last day of posting. Returns an
 * empty text if neither the office nor a day is set.
 */
function renderNotice({ office, postedFrom, postedUntil }: SectionParts['options'], say: Say): string {
  const posted =
    postedFrom === null
      ? null
      : say(postedUntil === null ? 'print.posted-from' : 'print.posted', {
          from: formatDay(postedFrom),
          until: formatDay(postedUntil ?? postedFrom),
        })
  if (office === '' && posted === null) return ''
  return `<header class="notice">${office === '' ? '' : `<p class="office">${escapeHtml(office)}</p>`}${posted === null ? '' : `<p class="posted">${escapeHtml(posted)}</p>`}</header>
`
}

/**
 * Renders the origin of a bulletin as a source box and a QR code. The source box contains the address, the first
 * capture and the hash. The QR code contains the address.
 */
export function renderOrigin(bulletin: Bulletin, { sourceBox, qr }: SectionParts['options'], say: Say): string {
  const { url } = bulletin
  const box = sourceBox ? renderOriginList(bulletin, say) : ''
  const code = qr && url !== null ? renderQrCode(url, escapeHtml(say('print.qr'))) : null
  if (box === '' && code === null) return ''
  // Without the source box, the address is printed beside the QR code, for people who must type the address.
  const rows =
    box === '' ? `<dl><dt>${escapeHtml(say('print.address'))}</dt><dd>${escapeHtml(url ?? '')}</dd></dl>` : box
  return `<div class="source-box">${code ?? ''}${rows}</div>
`
}
