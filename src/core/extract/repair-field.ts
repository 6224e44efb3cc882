import type { Repair, RepairName } from '../../shared/bulletin'
import { normalizeText, type Normalized } from '../text/repair/normalize'
import type { Trace } from '../text/repair/provenance'

/** What its reader wants of the repairs: which not, and what is known of those to the page's encoding. */
export interface RepairOptions {
  undone: readonly RepairName[]
  trace: Trace | null
}

/** The repairs to the page's encoding come first: the others look at letters. */
export function repairField(text: string, field: Repair['field'], { undone, trace }: RepairOptions): Normalized {
  const traced = trace === null ? { text, repairs: [] } : trace(text, field, undone)
  const { text: result, repairs } = normalizeText(traced.text, field, undone)
  return { text: result, repairs: [...traced.repairs, ...repairs] }
}

/** The same repairs between the tags; sanitised HTML has no "<" or ">" but those of its tags. Counted in the text. */
export function repairHtml(html: string, field: Repair['field'], wanted: RepairOptions): string {
  return html.replace(/(<[^>]*>)|([^<]+)/g, (_whole, tag: string | undefined, text: string | undefined) =>
    text === undefined ? (tag ?? '') : repairField(text, field, wanted).text,
  )
}
