import type { Bulletin } from '../../shared/bulletin'
import type { Language } from '../../shared/setting-choices'
import { translate } from '../../shared/translate'
import { sanitizeBody } from '../extract/sanitize'
import { escapeHtml } from '../text/escape'
import { markedParts, type MarkedParts } from './marked-text'

/** How an edition is made. */
export interface EditionOptions {
  language: Language
  template: 'a4'
  /** Addresses of the stylesheets (the article's own, with print rules). */
  stylesheets: readonly string[]
  /** Where a picture of a bulletin is loaded from. */
  mediaPath(id: string, file: string): string
  /** Whether the reader's highlights and notes are printed too. */
  highlights: boolean
  notes: boolean
  /** Whether a person sees it first, with a button to print. */
  printButton: boolean
}

/** Opens the browser's own print dialog; allowed by its hash. */
const printScript = `addEventListener('DOMContentLoaded',()=>{document.querySelector('.print-bar button').addEventListener('click',()=>print())})`

/**
 * One or many bulletins as one printable HTML document (PRINT: the same for preview, paper and PDF). Each bulletin
 * begins a page and has its own running line (named pages: Chromium has no `string-set`). Bodies are sanitised
 * again, all other text is escaped.
 */
export function createEdition(bulletins: readonly Bulletin[], options: EditionOptions): string {
  const { language, stylesheets, printButton } = options
  const title =
    bulletins.length === 1
      ? (bulletins[0]?.title ?? '')
      : translate(language, 'print.edition', { count: bulletins.length })
  return `<!doctype html>
<html lang="vi" data-theme="white" data-edition="${options.template}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${stylesheets.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
<style>${bulletins.map((bulletin, at) => pageRule(bulletin, at)).join('\n')}</style>
${printButton ? `<script>${printScript}</script>` : ''}
</head>
<body class="edition">
${printButton ? `<div class="print-bar"><p>${escapeHtml(translate(language, 'print.hint'))}</p><button type="button">${escapeHtml(translate(language, 'print.button'))}</button></div>` : ''}
<main>
${bulletins.map((bulletin, at) => section(bulletin, at, options)).join('\n')}
</main>
</body>
</html>
`
}

/** The page of one bulletin: its running line at the foot, the page's number at the head but on its first page. */
function pageRule(bulletin: Bulletin, at: number): string {
  const line = [sourceName(bulletin), dayOf(bulletin), bulletin.title].filter((part) => part !== null).join(' · ')
  return `.b${at} { page: b${at} } @page b${at} { @bottom-left { content: ${cssString(shorten(line))} } }`
}

function section(bulletin: Bulletin, at: number, options: EditionOptions): string {
  const { mediaPath, language } = options
  const { id, bodyHtml } = bulletin
  const { title, summary, body: markedBody, author, notes } = markedParts(bulletin, sanitizeBody(bodyHtml), options)
  const body = markedBody.replaceAll(
    /src="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"/g,
    (_all, file: string) => `src="${escapeHtml(mediaPath(id, file))}"`,
  )
  const kicker = [sourceName(bulletin), dayOf(bulletin)].filter((part) => part !== null).join(' · ')
  const [name, ...offices] = author
  return `<article class="bulletin b${at}" lang="vi">
${kicker === '' ? '' : `<p class="kicker">${escapeHtml(kicker)}</p>`}
<h1 class="title">${title}</h1>
${summary === null ? '' : `<p class="summary">${summary}</p>`}
<div class="body">
${body}
</div>
${name === undefined ? '' : `<p class="author"><b>${name}</b>${offices.length === 0 ? '' : `<i>${offices.join(' - ')}</i>`}</p>`}
${notesList(notes, language)}${sourceBox(bulletin, language)}
</article>`
}

/** The reader's notes by their numbers; one whose words are gone from the text says what it was about. */
function notesList(notes: MarkedParts['notes'], language: Language): string {
  if (notes.length === 0) return ''
  const rows = notes.map(({ note: { text, passage }, isPlaced }) => {
    const about = isPlaced
      ? ''
      : `<q>${escapeHtml(passage.quote)}</q> ${escapeHtml(translate(language, 'print.note-lost'))} `
    return `<li>${about}${escapeHtml(text)}</li>`
  })
  return `<section class="notes"><h2>${escapeHtml(translate(language, 'print.notes'))}</h2><ol>${rows.join('')}</ol></section>
`
}

function sourceBox({ url, captures, revision }: Bulletin, language: Language): string {
  const first = captures[0]
  const rows: [string, string | null | undefined][] = [
    [translate(language, 'print.address'), url],
    [translate(language, 'print.file'), url === null ? first?.originalFileName : null],
    [translate(language, 'print.captured'), vietnamTime(first?.capturedAt ?? revision.capturedAt)],
    ['SHA-256', first?.sha256],
  ]
  const lines = rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value ?? '')}</dd>`)
  return `<dl class="source-box">${lines.join('')}</dl>`
}

function sourceName({ source }: Bulletin): string | null {
  return source.name ?? source.host
}

/** dd/mm/yyyy of the publication, null where unknown. */
function dayOf({ publishedAt }: Bulletin): string | null {
  return publishedAt?.slice(0, 10).split('-').reverse().join('/') ?? null
}

/** An instant as Vietnam's clocks show it: 10:15 24/11/2026. */
function vietnamTime(instant: string): string {
  const local = new Date(Date.parse(instant) + 7 * 3600_000).toISOString()
  return `${local.slice(11, 16)} ${local.slice(0, 10).split('-').reverse().join('/')}`
}

/** One line of the foot holds about this many characters at 9 pt. */
function shorten(line: string): string {
  return line.length <= 96 ? line : `${line.slice(0, 95).replace(/\s+\S*$/u, '')}…`
}

/** A CSS string that cannot end early: everything but letters, digits and blanks is escaped (CSS Syntax §4.3.7). */
function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`
}
