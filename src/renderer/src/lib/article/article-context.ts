import type { RevisionSummary } from '../../../../shared/bulletin'
import type { SentenceKey, SentenceValues } from '../../../../shared/locales/translate'

/** The state of the interface that the article depends on. */
export interface ArticleContext {
  /**
   * Whether the library can be changed. If the library can't be changed, the article lacks the buttons that change the
   * library.
   */
  canChange: boolean
  /** Whether the user may see the received page. Guests may not. */
  canShowCapture: boolean
  /** All revisions, the oldest first. The list is empty if the bulletin has only one revision. */
  revisions: readonly RevisionSummary[]
  say(key: SentenceKey, values?: SentenceValues): string
  language: string
}

/**
 * The actions of the buttons in the article. The article's frame runs no scripts, so the window around the frame
 * handles the clicks.
 */
export type ArticleAction =
  'open-original' | 'copy-hash' | 'show-capture' | 'set-repair' | 'fetch-missing' | 'show-revisions' | 'find-number'
