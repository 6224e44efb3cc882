import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'
import { vietnamDay } from './format'

/** An older revision of a bulletin that is meant instead of the current one. */
export interface RevisionRef {
  number: number
  /** UTC. */
  capturedAt: string
}

/** A bulletin that is handed on, on paper or as a file. */
export interface OutputBulletin {
  id: string
  title: string
  /** Absent, or null, where the current text is meant. */
  version?: RevisionRef | null
}

/** The title as a dialog shows it, with the version where that is not the current one. */
export function titleWithVersion(
  { title, version }: Pick<OutputBulletin, 'title' | 'version'>,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): string {
  if (version == null) return title
  return `${title} (${say('print.version', { number: version.number, day: vietnamDay(version.capturedAt) })})`
}

/** The older revisions that are meant, by id, as the contract takes them. */
export function revisionsOf(bulletins: readonly OutputBulletin[]): Record<string, number> {
  return Object.fromEntries(
    bulletins.flatMap(({ id, version }) => (version == null ? [] : [[id, version.number] as const])),
  )
}
