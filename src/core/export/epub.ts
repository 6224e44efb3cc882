import { type Zippable, zipSync } from 'fflate/browser'
import type { Bulletin } from '../../shared/bulletin'
import { nodeCrypto } from '../node-crypto'
import { getSourceName } from '../outputs/labels'
import { pictureTypeOf } from '../../shared/picture-types'
import { renderArticle } from './article-html'
import type { ExportContext, ExportItem, Format } from './format'
import { escapeXml, toXhtml } from './xhtml'
import { toZipTime } from './zip'

/**
 * The types of pictures that every reading system shows (EPUB 3.3, core media types). Other types would need a
 * fallback.
 */
const coreTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/**
 * The style of a chapter. Reading systems choose the font themselves, so the style only makes the parts
 * distinguishable.
 */
const style = `.kicker, figcaption, .notes, .part { font-size: 0.85em; }
.summary { font-weight: bold; }
.author { text-align: right; }
.author i { display: block; }
.kicker span + span::before { content: '· '; }
img { max-width: 100%; }
figure { margin: 1em 0; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.2em 0.4em; }
.source-box, .missing-picture { border: 1px solid; padding: 0.5em 1em; overflow-wrap: anywhere; }
.missing-picture { display: block; }
dd { margin: 0 0 0.4em; }
`

/** The `epub` format: one book with a table of contents and a chapter for each bulletin (EPUB 3.3). */
export const epub: Format = {
  kind: 'book',
  takesPicture: (type) => coreTypes.has(type),
  write(items: readonly ExportItem[], context: ExportContext): Uint8Array {
    const pictures = collectPictures(items)
    const chapters = items.map((item, at) => [getChapterName(at), Buffer.from(renderChapter(item, context))] as const)
    const files: Zippable = {
      // This entry must come first and must not be compressed, because reading systems recognise an EPUB by this entry
      // (EPUB 3.3, 4.3).
      mimetype: [Buffer.from('application/epub+zip'), { level: 0 }],
      'META-INF/container.xml': Buffer.from(container),
      'EPUB/package.opf': Buffer.from(renderPackage(items, [...pictures.keys()], context)),
      'EPUB/nav.xhtml': Buffer.from(renderNavigation(items, context)),
      'EPUB/style.css': Buffer.from(style),
      ...Object.fromEntries(chapters.map(([name, bytes]) => [`EPUB/${name}`, bytes])),
      // Pictures are stored without compression, because picture files are already compressed.
      ...Object.fromEntries([...pictures].map(([file, bytes]) => [`EPUB/pictures/${file}`, [bytes, { level: 0 }]])),
    }
    return zipSync(files, { level: 6, mtime: toZipTime(context.now) })
  },
}

const container = `<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

function getChapterName(at: number): string {
  return `bulletin-${String(at + 1).padStart(4, '0')}.xhtml`
}

/** Collects the pictures of all bulletins. A picture of several bulletins is included once. */
function collectPictures(items: readonly ExportItem[]): Map<string, Uint8Array> {
  const shown = items.flatMap(({ pictures }) => [...pictures])
  return new Map(shown.filter(([file]) => coreTypes.has(pictureTypeOf(file) ?? '')))
}

function renderChapter(item: ExportItem, context: ExportContext): string {
  const { pictures } = item
  const article = renderArticle(item, context, (file) =>
    pictures.has(file) && coreTypes.has(pictureTypeOf(file) ?? '') ? `pictures/${file}` : null,
  )
  return renderPage(item.bulletin.title, toXhtml(article))
}

function renderPage(title: string, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="vi" xml:lang="vi">
<head>
<meta charset="utf-8"/>
<title>${escapeXml(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}

function renderNavigation(items: readonly ExportItem[], { say, title }: ExportContext): string {
  const rows = items.map(
    ({ bulletin }, at) => `<li><a href="${getChapterName(at)}">${escapeXml(bulletin.title)}</a></li>`,
  )
  return renderPage(
    title,
    `<nav epub:type="toc" id="toc"><h1>${escapeXml(say('print.contents'))}</h1>\n<ol>\n${rows.join('\n')}\n</ol></nav>`,
  )
}

function renderPackage(
  items: readonly ExportItem[],
  pictures: readonly string[],
  { title, now }: ExportContext,
): string {
  const bulletins = items.map(({ bulletin }) => bulletin)
  const chapters = bulletins.map((_, at) => getChapterName(at))
  const only = bulletins.length === 1 ? bulletins[0] : undefined
  const facts: [string, string | null][] = [
    ['creator', only?.author ?? null],
    ['date', only?.publishedAt?.slice(0, 10) ?? null],
    ['source', only?.url ?? null],
    ...[...new Set(bulletins.map(getSourceName))].map((name): [string, string | null] => ['publisher', name]),
  ]
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="vi">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${createBookId(bulletins)}</dc:identifier>
<dc:title>${escapeXml(title)}</dc:title>
<dc:language>vi</dc:language>
${facts
  .filter(([, value]) => value !== null && escapeXml(value).trim() !== '')
  .map(([name, value]) => `<dc:${name}>${escapeXml(value ?? '')}</dc:${name}>`)
  .join('\n')}
<meta property="dcterms:modified">${now.toISOString().slice(0, 19)}Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${chapters.map((name, at) => `<item id="c${at + 1}" href="${name}" media-type="application/xhtml+xml"/>`).join('\n')}
${pictures.map((file, at) => `<item id="p${at + 1}" href="pictures/${file}" media-type="${pictureTypeOf(file) ?? ''}"/>`).join('\n')}
</manifest>
<spine>
${chapters.map((_, at) => `<itemref idref="c${at + 1}"/>`).join('\n')}
</spine>
</package>
`
}

/**
 * Returns a UUID that is computed from the ids and digests of the bulletins (RFC 9562, version 8). The same revisions
 * of the same bulletins therefore always have the same identifier.
 */
function createBookId(bulletins: readonly Pick<Bulletin, 'id' | 'revision'>[]): string {
  const named = bulletins.map(({ id, revision }) => `${id} ${revision.digest}\n`).join('')
  const hex = nodeCrypto().createHash('sha256').update(named).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
