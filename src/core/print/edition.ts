import type { Bulletin } from '../../shared/bulletin'
import { printDefaults } from '../../shared/print/print-defaults'
import { createVerificationCode } from '../../shared/print/verification-code'
import type { PrintOptions } from '../../shared/print/print-options'
import { translate } from '../../shared/locales/translate'
import type { Say } from '../outputs/say'
import { escapeHtml } from '../text/escape-html'
import { renderBulletin } from './bulletin-section'
import type { EditionOptions } from './edition-options'
import { renderContents, renderCover } from './front-matter'
import { getRunningLine } from '../outputs/labels'
import { renderBulletinPageRule, type Foot, getPageBox, renderPageRules } from './page-rules'
import { renderScript } from './script-section'

/**
 * A script that opens the browser's print dialog. The content security policy of the edition allows this script by its
 * hash.
 */
const printScript = `addEventListener('DOMContentLoaded',()=>{document.querySelector('.print-bar button').addEventListener('click',()=>print())})`

/**
 * Hidden letters that make the browser load all three files of a font. The browser does not load fonts for text in page
 * margins.
 */
const fontProbe = 'a1 ă ạ ư Đ ỹ'

/**
 * Renders bulletins as a single printable HTML document. Preview, paper and PDF use the same document. Unless
 * `newPages` is off, each bulletin begins on a new page and has its own running line and verification code. The running
 * lines are set with named pages, because Chromium has no `string-set`. Bodies are sanitised again, and all other texts
 * are escaped.
 */
export function createEdition(bulletins: readonly Bulletin[], edition: EditionOptions): string {
  const { language, stylesheets, printButton } = edition
  const options = edition.fittedPt === undefined ? edition.options : { ...edition.options, sizePt: edition.fittedPt }
  const say: Say = (key, values) => translate(language, key, values)
  const box = getPageBox(options)
  const runsOn = !options.newPages && bulletins.length > 1
  const title = getEditionTitle(bulletins, edition)
  const feet = bulletins.map((bulletin) => getFoot(bulletin, options, say))
  const only = bulletins.length === 1 ? feet[0] : undefined
  const general: Foot = only ?? { line: options.runningLine ? title : null, code: null }
  const hasContents = bulletins.length > 1 && (options.contents || options.template === 'digest')
  const write = options.template === 'script' ? renderScript : renderBulletin
  const rules = [
    renderPageRules(options, box, general),
    ...(runsOn || only !== undefined ? [] : feet.map((foot, at) => renderBulletinPageRule(at, foot, options, box))),
  ]
  return `<!doctype html>
<html lang="vi" data-theme="white" data-edition="${options.template}" data-pictures="${options.pictures}" data-runs="${runsOn ? 'on' : 'off'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${stylesheets.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
<style>${rules.join('\n')}</style>
${printButton ? `<script>${printScript}</script>` : ''}
</head>
<body class="edition">
${printButton ? renderPrintBar(say) : ''}
<div class="font-probe" aria-hidden="true"><b>${fontProbe}</b><i>${fontProbe}</i>${fontProbe}</div>
<main>
${options.template === 'digest' && bulletins.length > 1 ? renderCover(bulletins, edition, say) : ''}
${hasContents ? renderContents(bulletins, edition, say) : ''}
${bulletins.map((bulletin, at) => write({ bulletin, at, edition, options, box, say, endCode: runsOn ? (feet[at]?.code ?? null) : null })).join('\n')}
</main>
</body>
</html>
`
}

/**
 * Returns the title of a single bulletin. For several bulletins, returns a title with the number of bulletins. If the
 * edition is a part of a job, the title ends with the number of the part.
 */
export function getEditionTitle(
  bulletins: readonly Pick<Bulletin, 'title'>[],
  { language, options, part }: Pick<EditionOptions, 'language' | 'options' | 'part'>,
): string {
  const only = bulletins.length === 1 ? bulletins[0] : undefined
  const count = { count: bulletins.length }
  const name =
    only?.title ?? translate(language, options.template === 'digest' ? 'print.digest-title' : 'print.edition', count)
  return part === null ? name : `${name}, ${translate(language, 'print.part', part)}`
}

/** The default options of an edition, which are the default options of the A4 template. */
export const plainOptions = printDefaults.a4

function getFoot(bulletin: Bulletin, options: PrintOptions, say: Say): Foot {
  return {
    line: options.runningLine ? getRunningLine(bulletin) : null,
    code: say('print.code', { code: createVerificationCode(bulletin.revision.digest) }),
  }
}

function renderPrintBar(say: Say): string {
  return `<div class="print-bar"><p>${escapeHtml(say('print.hint'))}</p><button type="button">${escapeHtml(say('print.button'))}</button></div>`
}
