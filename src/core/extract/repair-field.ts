import type { Repair, RepairName } from '../../shared/bulletin'
import { normalizeText, type Normalized } from '../text/repair/normalize'
import type { Trace } from '../text/repair/provenance'

/** Which repairs the user undid, and the tracer of the encoding repairs that were made in the whole page. */
export interface RepairOptions {
  undone: readonly RepairName[]
  trace: Trace | null
}

/**
 * Repairs the text of one field. Returns the text and its repairs. Repairs to the encoding of the page run first,
 * because the other rules need the right letters.
 */
export function repairField(text: string, field: Repair['field'], { undone, trace }: RepairOptions): Normalized {
  const traced = trace === null ? { text, repairs: [] } : trace(text, field, undone)
  const { text: result, repairs } = normalizeText(traced.text, field, undone)
  return { text: result, repairs: [...traced.repairs, ...repairs] }
}

/**
 * Repairs the text between the tags of sanitised HTML, where "<" and ">" only occur in tags. The repairs are not
 * returned, because the text of the same item already counts them.
 */
export function repairHtml(html: string, field: Repair['field'], options: RepairOptions): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : repairField(text, field, options).text,
  )
}
