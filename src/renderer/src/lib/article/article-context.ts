import type { RevisionSummary } from '../../../../shared/bulletin'
import type { SentenceKey, SentenceValues } from '../../../../shared/locales/translate'

/** State of the interface that the article depends on. */
export interface ArticleContext {
  /** Whether the library can be changed. If not, the article has no buttons that change it. */
  canChange: boolean
  /** All revisions, oldest first. Empty if there is only one. */
  revisions: readonly RevisionSummary[]
  say(key: SentenceKey, values?: SentenceValues): string
  language: string
}

/** Actions of the buttons in the article. The frame runs no scripts, so the window around it listens. */
export type ArticleAction =
  'open-original' | 'copy-hash' | 'show-capture' | 'set-repair' | 'fetch-missing' | 'show-revisions' | 'find-number'
