import { exportedPagePolicy } from '../content-security'
import { escapeHtml } from '../text/escape-html'
import { pictureTypeOf } from '../../shared/picture-types'
import { renderArticle } from './article-html'
import type { ExportContext, ExportItem, Format } from './format'

/**
 * The rules that change the article's style for a separate page. These rules lay out the whole text at once and let
 * wide tables scroll.
 */
const ownStyle = `body>main{display:block}.body>*{content-visibility:visible}.body table{display:block;overflow-x:auto}
.kicker span+span::before{content:'· '}
@media print{body{padding:0}.bulletin{max-inline-size:none}}`

/**
 * The `html` format: one file that holds its style and pictures. Its content security policy allows only this style and
 * these pictures, and no scripts. The file opens in any browser and needs no network.
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

/** Returns a picture as a data URL. Returns null if there are no bytes or if browsers don't show files of this type. */
export function toDataUrl(file: string, bytes: Uint8Array | undefined): string | null {
  const type = pictureTypeOf(file)
  return type === null || bytes === undefined ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
