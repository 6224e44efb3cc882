import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'
import { vietnamDay } from './format'

/** An older revision of a bulletin, in place of the current one. */
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

/** The title in a dialog, with the number of an older revision. */
export function titleWithVersion(
  { title, version }: Pick<OutputBulletin, 'title' | 'version'>,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): string {
  if (version == null) return title
  return `${title} (${say('print.version', { number: version.number, day: vietnamDay(version.capturedAt) })})`
}

/** The numbers of the older revisions by id, as the contract takes them. */
export function revisionsOf(bulletins: readonly OutputBulletin[]): Record<string, number> {
  return Object.fromEntries(
    bulletins.flatMap(({ id, version }) => (version == null ? [] : [[id, version.number] as const])),
  )
}
