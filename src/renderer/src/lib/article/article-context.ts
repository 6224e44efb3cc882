import type { RevisionSummary } from '../../../../shared/bulletin'
import type { SentenceKey, SentenceValues } from '../../../../shared/locales/translate'

/** State of the interface that the article depends on. */
export interface ArticleContext {
  /** Whether the library can be changed. If not, the article has no buttons that change the library. */
  canChange: boolean
  /** All revisions, oldest first. Empty if the bulletin has only one revision. */
  revisions: readonly RevisionSummary[]
  say(key: SentenceKey, values?: SentenceValues): string
  language: string
}

/**
 * Actions of the buttons in the article. The article's frame runs no scripts, so the window around the frame handles
 * the clicks.
 */
export type ArticleAction =
  'open-original' | 'copy-hash' | 'show-capture' | 'set-repair' | 'fetch-missing' | 'show-revisions' | 'find-number'
