import type { Repair, RepairName } from '../../shared/bulletin'
import { normalizeText, type Normalized } from '../text/repair/normalize'
import type { Trace } from '../text/repair/provenance'

/** The repairs that the user undid, and the function that reports which encoding repairs of the page changed a text. */
export interface RepairOptions {
  undone: readonly RepairName[]
  trace: Trace | null
}

/**
 * Repairs the text of one field. Returns the text and its repairs. The encoding repairs of the page come first, because
 * the other rules need the right letters.
 */
export function repairField(text: string, field: Repair['field'], { undone, trace }: RepairOptions): Normalized {
  const traced = trace === null ? { text, repairs: [] } : trace(text, field, undone)
  const { text: result, repairs } = normalizeText(traced.text, field, undone)
  return { text: result, repairs: [...traced.repairs, ...repairs] }
}

/**
 * Repairs the text between the tags of sanitised HTML. In such HTML the characters "<" and ">" only occur in tags. The
 * repairs are not returned, because `repairField` already counts the repairs of the same text.
 */
export function repairHtml(html: string, field: Repair['field'], options: RepairOptions): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : repairField(text, field, options).text,
  )
}
