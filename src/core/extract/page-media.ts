import type { BulletinText } from '../../shared/bulletin'
import { unescapeHtml } from '../text/escape'

/** What a page refers to and a reader needs offline; addresses absolute (http, https, data:). */
export interface PageMedia {
  /** In body order: the n-th `<span class="missing-picture">` of the body is pictures[n]. */
  pictures: { address: string; figure: number | null }[]
  /** Links to files in the body; `name` as the reader sees it. */
  attachments: { address: string; name: string }[]
}

/** Kinds of files that bulletins hand out, by the end of an address's path. */
const fileEnding = /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|zip|rar|7z|mp3|csv)$/i

/** The media of a text as extraction left it: its placeholders and the links of its body. */
export function mediaOfText({ bodyHtml }: Pick<BulletinText, 'bodyHtml'>): PageMedia {
  let figure = -1
  let isInFigure = false
  const pictures: PageMedia['pictures'] = []
  const attachments = new Map<string, string>()
  // Sanitised HTML: no "<" but those of its tags, attributes in double quotes.
  for (const [tag, name, address] of bodyHtml.matchAll(
    /<(figure|\/figure|span class="missing-picture"|a href="([^"]*)")[^>]*>/g,
  )) {
    if (name === 'figure') {
      figure += 1
      isInFigure = true
    } else if (name === '/figure') isInFigure = false
    else if (address === undefined)
      pictures.push({
        address: unescapeHtml(/ data-original="([^"]*)"/.exec(tag)?.[1] ?? ''),
        figure: isInFigure ? figure : null,
      })
    else addLink(attachments, unescapeHtml(address), bodyHtml, tag)
  }
  return { pictures, attachments: [...attachments].map(([address, name]) => ({ address, name })) }
}

function addLink(attachments: Map<string, string>, address: string, bodyHtml: string, tag: string): void {
  const path = URL.parse(address)?.pathname ?? ''
  if (!fileEnding.test(path) || attachments.has(address)) return
  const from = bodyHtml.indexOf(tag) + tag.length
  const label = bodyHtml.slice(from, bodyHtml.indexOf('</a>', from)).replace(/<[^>]*>/g, '')
  attachments.set(address, unescapeHtml(label).replace(/\s+/gu, ' ').trim())
}
