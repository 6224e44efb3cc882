import { escapeHtml } from '../text/escape-html'
import { toSpokenText } from '../text/speech/spoken-text'
import { renderKicker } from '../outputs/bulletin-parts'
import { renderBulletin, renderOrigin } from './bulletin-section'
import type { SectionParts } from './edition-options'

/**
 * Renders a bulletin for an announcer. Numbers, dates and abbreviations in the title, summary and body are written out,
 * and signs show where to breathe. The page shows the reading time. Abbreviations with several meanings stay in the
 * text, and a list at the end contains them.
 */
export function renderScript(parts: SectionParts): string {
  const { bulletin, at, options, say, endCode } = parts
  const { title, summary, bodyText, author } = bulletin
  if (bodyText.trim() === '') return renderBulletin(parts)
  const paragraphs = bodyText.split(/\n\s*\n/u).filter((paragraph) => paragraph.trim() !== '')
  const spoken = [title, summary ?? '', ...paragraphs].map((text) => toSpokenText(text))
  const [heading, lead, ...body] = spoken
  const minutes = spoken.reduce((sum, { syllables }) => sum + syllables, 0) / options.readingRate
  const unclear = [...new Set(spoken.flatMap(({ ambiguous }) => ambiguous))]
  const time = say('print.minutes', { minutes: Math.max(1, Math.ceil(minutes)), rate: options.readingRate })
  return `<article class="bulletin b${at}" id="b${at}" lang="vi">
${renderKicker(bulletin)}
<p class="reading-time">${escapeHtml(time)}</p>
<h1 class="title">${escapeHtml(heading?.text ?? title)}</h1>
${summary === null ? '' : `<p class="summary">${addBreathMarks(lead?.text ?? '')}</p>`}
<div class="body">
${body.map(({ text }) => `<p>${addBreathMarks(text)}</p>`).join('\n')}
</div>
${author === null ? '' : `<p class="author"><b>${escapeHtml(author)}</b></p>`}
${unclear.length === 0 ? '' : `<p class="unclear">${escapeHtml(say('print.ambiguous', { list: unclear.join(', ') }))}</p>`}
${renderOrigin(bulletin, options, say)}${endCode === null ? '' : `<p class="end-code">${escapeHtml(endCode)}</p>`}
</article>`
}

/**
 * Marks a short breath after a comma, semicolon or colon, and a long breath after a sentence. No line begins with a
 * breath mark.
 */
function addBreathMarks(text: string): string {
  return escapeHtml(text)
    .replace(/([.!?…](?:&#3[49];|[”’»)])*)(?=\s|$)/gu, '$1\u{A0}<span class="breath">//</span>')
    .replace(/([,:]|(?<!&#\d+);)(?=\s)/gu, '$1\u{A0}<span class="breath">/</span>')
}
