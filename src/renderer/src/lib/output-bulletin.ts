import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'
import { vietnamDay } from './format'

/** An older revision of a bulletin, which is printed or exported in place of the current revision. */
export interface RevisionRef {
  number: number
  /** The UTC instant of the capture. */
  capturedAt: string
}

/** A bulletin to print or to export. */
export interface OutputBulletin {
  id: string
  title: string
  /** The older revision to use. The field is absent or null for the current revision. */
  version?: RevisionRef | null
}

/** Returns the title of the bulletin for a dialog. For an older revision, the title ends with the revision's number. */
export function titleWithVersion(
  { title, version }: Pick<OutputBulletin, 'title' | 'version'>,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): string {
  if (version == null) return title
  return `${title} (${say('print.version', { number: version.number, day: vietnamDay(version.capturedAt) })})`
}

/** Returns the numbers of the older revisions by bulletin id, in the form that the contract takes. */
export function revisionsOf(bulletins: readonly OutputBulletin[]): Record<string, number> {
  return Object.fromEntries(
    bulletins.flatMap(({ id, version }) => (version == null ? [] : [[id, version.number] as const])),
  )
}
