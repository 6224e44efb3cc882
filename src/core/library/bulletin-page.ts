import type { Bulletin } from '../../shared/bulletin'
import { escapeHtml } from '../text/escape'

const style = `
body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.7 'Noto Serif', Georgia, 'Times New Roman', serif; color: #1f1b16; background: #fbf7ef; }
h1 { line-height: 1.4; } .summary { font-weight: 600; } .author { text-align: right; } img, table { max-width: 100%; }
figure { margin: 1.5em 0; } figcaption, .kept { font-size: 0.85em; color: #675c4e; }
.missing-picture { display: block; border: 1px dashed #8c7e69; padding: 1em; }`

/**
 * `index.html` of a bulletin's folder: the current revision for any browser, by double click, in twenty years. Has
 * no scripts and a policy that allows nothing but its own pictures. Derived: never read back.
 */
export function bulletinPage(bulletin: Bulletin): string {
  const { title, summary, author, publishedAt, url, revision, captures } = bulletin
  const paragraph = (name: string, text: string | null): string =>
    text === null ? '' : `<p class="${name}">${escapeHtml(text)}</p>\n`
  const kept = [
    url ?? captures[0]?.originalFileName ?? null,
    `Lưu ngày ${revision.capturedAt}`,
    `sha256 ${captures[0]?.sha256 ?? ''}`,
  ]
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
${paragraph('date', publishedAt)}<h1>${escapeHtml(title)}</h1>
${paragraph('summary', summary)}${bulletin.bodyHtml}
${paragraph('author', author)}<hr>
<p class="kept">${kept
    .filter((line) => line !== null)
    .map(escapeHtml)
    .join('<br>')}</p>
</body>
</html>
`
}
