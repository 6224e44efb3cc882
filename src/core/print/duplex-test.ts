import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'
import { escapeHtml } from '../text/escape-html'

/** Fronts are lettered and backs numbered, so that a glance tells which back came on which front. */
const signs = { front: ['A', 'B'], back: ['1', '2'] } as const

/**
 * A side of the test that teaches how a printer turns a stack put back by hand: two sheets, fronts A and B, then backs
 * 1 and 2. Which number lies behind A, and whether it stands on its head, are the two answers a hand-turned job needs.
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
