import { sanitizeBody } from '../text/sanitize'
import { renderAuthor, renderKicker, renderNotes, renderOriginList } from '../outputs/bulletin-parts'
import { escapeHtml } from '../text/escape-html'
import { markParts, type MarkedParts } from '../outputs/printed-marks'
import type { ExportContext, ExportItem } from './format'

/**
 * A function that returns the address of a picture in the exported file. The function returns null if the file does not
 * contain the picture.
 */
export type AddressOf = (file: string) => string | null

/**
 * Returns the parts of a bulletin as HTML, sanitised again or escaped. The user's highlights and notes are included if
 * the options ask for them.
 */
function getExportedParts({ bulletin }: ExportItem, { options }: ExportContext, addressOf: AddressOf): MarkedParts {
  const { marks: notes, pictures } = options
  const parts = markParts(bulletin, sanitizeBody(bulletin.bodyHtml), { highlights: notes, notes })
  return { ...parts, body: pictures ? setPictureAddresses(parts.body, addressOf) : removePictures(parts.body) }
}

/**
 * Renders a bulletin as an `<article>` element. The element has the same parts in the same order as on screen and on
 * paper.
 */
export function renderArticle(item: ExportItem, context: ExportContext, addressOf: AddressOf): string {
  const { bulletin } = item
  const { options, say } = context
  const { title, summary, body, author, notes } = getExportedParts(item, context, addressOf)
  const attachments = bulletin.attachments.map(({ name }) => `<li>${escapeHtml(name)}</li>`)
  const parts = [
    renderKicker(bulletin),
    `<h1 class="title">${title}</h1>`,
    summary === null ? '' : `<p class="summary">${summary}</p>`,
    `<div class="body">\n${body}\n</div>`,
    renderAuthor(author),
    renderNotes(notes, say).trim(),
    attachments.length === 0
      ? ''
      : `<section class="part attachments"><h2>${escapeHtml(say('ui.attachments'))}</h2><ul>${attachments.join('')}</ul></section>`,
    options.sourceBox ? `<section class="part source-box">${renderOriginList(bulletin, say)}</section>` : '',
  ].filter((part) => part !== '')
  return `<article class="bulletin" lang="vi">\n${parts.join('\n')}\n</article>`
}

/** Matches the tag of a picture. Sanitised HTML has no ">" in attributes. */
const pictureTag = /<img\b[^>]*>/gu
const storedFile = /\bsrc="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"/u

function setPictureAddresses(body: string, addressOf: AddressOf): string {
  return body.replace(pictureTag, (tag) => {
    const file = storedFile.exec(tag)?.[1]
    const address = file === undefined ? null : addressOf(file)
    const alt = /\balt="([^"]*)"/u.exec(tag)?.[1] ?? ''
    return address === null
      ? `<span class="missing-picture">${alt}</span>`
      : `<img src="${escapeHtml(address)}" alt="${alt}" />`
  })
}

function removePictures(body: string): string {
  return body.replace(pictureTag, '').replace(/<span class="missing-picture"[^>]*>[^<]*<\/span>/gu, '')
}
