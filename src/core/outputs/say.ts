import type { SentenceKey, SentenceValues } from '../../shared/locales/translate'

/** Returns a sentence of the interface in the language of the print or export job. */
export type Say = (key: SentenceKey, values?: SentenceValues) => string
