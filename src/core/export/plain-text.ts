import { formatPublicationDay, getOriginRows, getSourceName } from '../outputs/labels'
import type { ExportContext, ExportItem, Format } from './format'

/**
 * The `text` format, for mail, chat and reading aloud. The file contains the title, date, source, summary, body and
 * author, with blank lines between these parts. The file is UTF-8 with a byte order mark and CRLF line ends, as Windows
 * editors write text files.
 */
export const text: Format = {
  kind: 'page',
  takesPicture: () => false,
  write({ bulletin }: ExportItem, { options, say }: ExportContext): Uint8Array {
    const { title, summary, bodyText, author, status } = bulletin
    const origin = [formatPublicationDay(bulletin), getSourceName(bulletin)].filter((part) => part !== null)
    const toQuote = (quote: string): string => `«${quote.replace(/\s+/gu, ' ')}»`
    const highlights = options.marks ? status.highlights.map(({ passage }) => `- ${toQuote(passage.quote)}`) : []
    const notes = options.marks ? status.notes.map((note) => `- ${toQuote(note.passage.quote)} ${note.text}`) : []
    const parts = [
      title,
      origin.join(' · '),
      summary ?? '',
      bodyText.trim(),
      author ?? '',
      highlights.length === 0 ? '' : [say('print.with-highlights'), ...highlights].join('\n'),
      notes.length === 0 ? '' : [say('print.notes'), ...notes].join('\n'),
      options.sourceBox
        ? getOriginRows(bulletin, say)
            .map(([label, value]) => `${label}: ${value}`)
            .join('\n')
        : '',
    ].filter((part) => part !== '')
    return Buffer.from(`\uFEFF${parts.join('\n\n')}\n`.replace(/\r?\n/gu, '\r\n'))
  },
}
