import { exportedPagePolicy } from '../content-security'
import { escapeHtml } from '../text/escape-html'
import { pictureTypeOf } from '../../shared/picture-types'
import { renderArticle } from './article-html'
import type { ExportContext, ExportItem, Format } from './format'

/** What a page of its own needs beside the article's style: nothing is laid out later, wide tables scroll. */
const ownStyle = `body>main{display:block}.body>*{content-visibility:visible}.body table{display:block;overflow-x:auto}
.kicker span+span::before{content:'· '}
@media print{body{padding:0}.bulletin{max-inline-size:none}}`

/**
 * One HTML file that needs nothing else: style and pictures within it, a policy that allows exactly these, no scripts. It
 * opens in any browser, without the network, today and later.
 */
export const html: Format = {
  kind: 'page',
  takesPicture: () => true,
  write(item: ExportItem, context: ExportContext): Uint8Array {
    const style = `${context.stylesheet}\n${ownStyle}`
    return Buffer.from(`<!doctype html>
<html lang="vi" data-theme="paper">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${exportedPagePolicy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(item.bulletin.title)}</title>
<style>${style}</style>
</head>
<body class="edition">
<main>
${renderArticle(item, context, (file) => toDataUrl(file, item.pictures.get(file)))}
</main>
</body>
</html>
`)
  },
}

/** A picture as an address that holds it; null for what no browser shows as a picture. */
export function toDataUrl(file: string, bytes: Uint8Array | undefined): string | null {
  const type = pictureTypeOf(file)
  return type === null || bytes === undefined ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
