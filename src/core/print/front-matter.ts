import type { Bulletin } from '../../shared/bulletin'
import { escapeHtml } from '../text/escape-html'
import type { Say } from '../outputs/say'
import type { EditionOptions } from './edition-options'
import { formatPublicationDay, formatPeriod, getSourceName } from '../outputs/labels'

/**
 * The placeholder for a page number in the first pass. The placeholder is as wide as a real number. The numbers of the
 * second pass therefore do not move any text.
 */
const unknownPage = '000'
const maxNamedSources = 5

/** Renders the cover of a digest, which shows the title, the period, the sources and the number of bulletins. */
export function renderCover(bulletins: readonly Bulletin[], { options, part }: EditionOptions, say: Say): string {
  const period = formatPeriod(bulletins)
  const sources = [...new Set(bulletins.map(getSourceName).filter((name) => name !== null))]
  const named = sources.slice(0, maxNamedSources).join(', ')
  const lines = [
    period,
    sources.length > maxNamedSources
      ? say('print.more-sources', { named, count: sources.length - maxNamedSources })
      : named,
    say('print.edition', { count: bulletins.length }),
    part === null ? null : say('print.part', part),
  ].filter((line) => line !== null && line !== '')
  return `<section class="cover">
${options.office === '' ? '' : `<p class="office">${escapeHtml(options.office)}</p>`}
<h1 class="cover-title">${escapeHtml(say('print.digest-title', { count: bulletins.length }))}</h1>
${lines.map((line) => `<p>${escapeHtml(line ?? '')}</p>`).join('\n')}
</section>`
}

/**
 * Renders the contents page. The page numbers are filled in by the second pass, because Chromium has no
 * `target-counter`.
 */
export function renderContents(bulletins: readonly Bulletin[], { firstPages }: EditionOptions, say: Say): string {
  const rows = bulletins.map((bulletin, at) => {
    const origin = [getSourceName(bulletin), formatPublicationDay(bulletin)].filter((part) => part !== null).join(' · ')
    const page = firstPages?.[at]
    return `<li><a href="#b${at}"><span class="entry">${escapeHtml(bulletin.title)}</span>${origin === '' ? '' : ` <small>${escapeHtml(origin)}</small>`}</a> <span class="page">${page === undefined ? unknownPage : page}</span></li>`
  })
  return `<nav class="contents">
<h1>${escapeHtml(say('print.contents'))}</h1>
<ol>
${rows.join('\n')}
</ol>
</nav>`
}
