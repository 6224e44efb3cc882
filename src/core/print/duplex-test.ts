import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'
import { escapeHtml } from '../text/escape-html'

/**
 * The signs on the test pages. Fronts have letters and backs have numbers, so that the user sees which back was printed
 * on which front.
 */
const signs = { front: ['A', 'B'], back: ['1', '2'] } as const

/**
 * Renders one side of the duplex test. The test shows how a printer turns a stack of paper that the user puts back by
 * hand. The test has two sheets: fronts A and B, then backs 1 and 2. A manual duplex job needs two answers from this
 * test. The first answer is which number is on the back of A. The second answer is whether that number is upside down.
 */
export function createDuplexTest(
  side: 'front' | 'back',
  language: Language,
  stylesheets: readonly string[],
): { html: string; name: string; pages: number } {
  const title = `${translate(language, 'print.turn-test')} - ${translate(language, `print.${side}`)}`
  const pages = signs[side].map(
    (sign) =>
      `<section class="turn-page"><p class="turn-top">${escapeHtml(translate(language, 'print.turn-top'))}</p><p class="turn-sign">${sign}</p><p>${escapeHtml(translate(language, `print.turn-${side}`))}</p></section>`,
  )
  const html = `<!doctype html>
<html lang="vi" data-theme="white" data-edition="turn-test">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
${stylesheets.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
<style>:root { --text-pt: 14pt } @page { size: A4; margin: 20mm }</style>
</head>
<body class="edition">
<main>
${pages.join('\n')}
</main>
</body>
</html>
`
  return { html, name: `${title}.pdf`, pages: pages.length }
}
