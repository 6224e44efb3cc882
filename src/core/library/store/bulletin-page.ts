import type { Attachment, Bulletin } from '../../../shared/bulletin'
import { contentPolicies } from '../../content-security'
import { escapeHtml } from '../../text/escape-html'

const style = `
body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.7 'Noto Serif', Georgia, 'Times New Roman', serif; color: #1f1b16; background: #fbf7ef; }
h1 { line-height: 1.4; } .summary { font-weight: 600; } .author { text-align: right; } img, table { max-width: 100%; }
figure { margin: 1.5em 0; } figcaption, .kept { font-size: 0.85em; color: #675c4e; } .kept { overflow-wrap: anywhere; }
.missing-picture { display: block; border: 1px dashed #8c7e69; padding: 1em; }`

/**
 * Creates `index.html` of a bulletin's folder. This page shows the current revision in any browser without the program.
 * The page has no scripts, and its Content-Security-Policy allows only the pictures in the same folder. The library
 * never reads the page.
 */
export function createBulletinPage(bulletin: Omit<Bulletin, 'pictures'>): string {
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
${paragraph('summary', summary)}${bulletin.bodyHtml}
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
  const items = attachments.map(
    ({ file, name }) => `<li><a href="files/${escapeHtml(encodeURIComponent(file))}">${escapeHtml(name)}</a></li>\n`,
  )
  return `<p>Tệp đính kèm</p>\n<ul>\n${items.join('')}</ul>\n`
}

/** Formats 2020-09-08T14:30:00+07:00 as 08/09/2020 14:30, and a month as 09/2020, as Vietnamese pages do. */
function formatDate(value: string | null): string | null {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}))?)?/.exec(value ?? '') ?? []
  if (year === undefined || month === undefined) return value
  const date = [day, month, year].filter((part) => part !== undefined).join('/')
  return time === undefined ? date : `${date} ${time}`
}
