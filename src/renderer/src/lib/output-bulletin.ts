import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'
import { vietnamDay } from './format'

/** An older revision of a bulletin, which is printed or exported in place of the current one. */
export interface RevisionRef {
  number: number
  /** An instant in UTC. */
  capturedAt: string
}

/** A bulletin to print or to export. */
export interface OutputBulletin {
  id: string
  title: string
  /** Absent or null for the current revision. */
  version?: RevisionRef | null
}

/** The title of the bulletin in a dialog. For an older revision, the title ends with the revision's number. */
export function titleWithVersion(
  { title, version }: Pick<OutputBulletin, 'title' | 'version'>,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): string {
  if (version == null) return title
  return `${title} (${say('print.version', { number: version.number, day: vietnamDay(version.capturedAt) })})`
}

/** The numbers of the older revisions by bulletin id, in the form that the contract takes. */
export function revisionsOf(bulletins: readonly OutputBulletin[]): Record<string, number> {
  return Object.fromEntries(
    bulletins.flatMap(({ id, version }) => (version == null ? [] : [[id, version.number] as const])),
  )
}
