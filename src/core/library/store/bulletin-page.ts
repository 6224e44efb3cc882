import type { Attachment, Bulletin } from '../../../shared/bulletin'
import { contentPolicies } from '../../content-security'
import { pictureTypeOf } from '../../../shared/picture-types'
import { escapeHtml } from '../../text/escape-html'
import type { SanitizeBody } from '../../text/sanitize-task'

const style = `
body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.7 'Noto Serif', Georgia, 'Times New Roman', serif; color: #1f1b16; background: #fbf7ef; }
h1 { line-height: 1.4; } .summary { font-weight: 600; } .author { text-align: right; } img, table { max-width: 100%; }
figure { margin: 1.5em 0; } figcaption, .kept { font-size: 0.85em; color: #675c4e; } .kept { overflow-wrap: anywhere; }
.missing-picture { display: block; border: 1px dashed #8c7e69; padding: 1em; }`

/** Reads a stored picture by its name in `files/`. Returns null if the picture can't be read. */
export type ReadPicture = (file: string) => Uint8Array | null

/** Maximum total size, in bytes, of the pictures that are embedded in a page. Pictures above the limit are left out. */
const maxPictureBytes = 32 * 1024 * 1024

/**
 * Creates the `index.html` of a bulletin's folder. Any browser shows the page, without the program. The page shows the
 * current revision, embeds its pictures as `data:` addresses, has no scripts and loads no other file. The body is
 * sanitised again, because the revision may come from the backup or library of another person. The library never reads
 * the page.
 */
export async function createBulletinPage(
  bulletin: Omit<Bulletin, 'pictures'>,
  sanitize: SanitizeBody,
  readPicture: ReadPicture = () => null,
): Promise<string> {
  const body = await sanitize(bulletin.bodyHtml)
  const { title, summary, author, published, url, source, revision, captures, attachments } = bulletin
  const paragraph = (name: string, text: string | null): string =>
    text === null ? '' : `<p class="${name}">${escapeHtml(text)}</p>\n`
  const first = captures[0]
  const facts = [
    source.name ?? source.host,
    url ?? first?.originalFileName ?? null,
    `Lưu lần đầu ${first?.capturedAt ?? revision.capturedAt} (UTC)`,
    revision.number === 1 ? null : `Bản lưu số ${revision.number}, ngày ${revision.capturedAt} (UTC)`,
    first === undefined ? null : `${first.file}: SHA-256 ${first.sha256}`,
    'Kiểm tra: sha256sum -c manifest-sha256.txt',
  ]
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicies.storedPage}">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
${paragraph('date', formatDate(published.value))}<h1>${escapeHtml(title)}</h1>
${paragraph('summary', summary)}${embedPictures(body, readPicture)}
${paragraph('author', author)}${attachments.length === 0 ? '' : createAttachmentList(attachments)}<hr>
<p class="kept">${facts
    .filter((line) => line !== null)
    .map(escapeHtml)
    .join('<br>')}</p>
</body>
</html>
`
}

function createAttachmentList(attachments: readonly Attachment[]): string {
  const items = attachments.map(({ file, name }) => {
    const label = escapeHtml(name)
    // Only a file of a safe type gets a link. Other files, such as HTML or SVG, get none, because a browser would run
    // them.
    return `<li>${isViewable(file) ? `<a href="files/${file}">${label}</a>` : label}</li>\n`
  })
  return `<p>Tệp đính kèm</p>\n<ul>\n${items.join('')}</ul>\n`
}

/** Matches a picture in a sanitised body. Attributes in sanitised HTML never contain ">". */
const pictureTag = /<img\b[^>]*\bsrc="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"[^>]*>/gu

/**
 * Embeds the bytes of the pictures in the page. The first picture above the size limit becomes a link to its file. Any
 * other picture that is not embedded becomes its alternative text.
 */
function embedPictures(body: string, readPicture: ReadPicture): string {
  let left = maxPictureBytes
  return body.replace(pictureTag, (tag, file: string) => {
    const type = pictureTypeOf(file)
    const bytes = type === null || left <= 0 ? null : readPicture(file)
    const alt = /\balt="([^"]*)"/u.exec(tag)?.[1] ?? ''
    if (type === null || bytes === null) return `<span class="missing-picture">${alt}</span>`
    left -= bytes.byteLength
    if (left < 0) return `<span class="missing-picture"><a href="files/${file}">${alt === '' ? file : alt}</a></span>`
    return `<img src="data:${type};base64,${Buffer.from(bytes).toString('base64')}" alt="${alt}" />`
  })
}

/** Extensions of the file types that a browser shows or saves and never runs. */
const viewable = new Set([
  ...'pdf doc docx xls xlsx ppt pptx odt ods odp rtf csv txt'.split(' '),
  ...'png jpg jpeg gif webp avif bmp tif mp3 m4a wav epub zip rar 7z'.split(' '),
])

function isViewable(file: string): boolean {
  return /^[0-9a-z]+\.[0-9a-z]{1,8}$/.test(file) && viewable.has(file.split('.').at(-1) ?? '')
}

/** Formats 2020-09-08T14:30:00+07:00 as 08/09/2020 14:30, and a month as 09/2020, as Vietnamese pages do. */
function formatDate(value: string | null): string | null {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}))?)?/.exec(value ?? '') ?? []
  if (year === undefined || month === undefined) return value
  const date = [day, month, year].filter((part) => part !== undefined).join('/')
  return time === undefined ? date : `${date} ${time}`
}
