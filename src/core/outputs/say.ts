import type { SentenceKey, SentenceValues } from '../../shared/locales/translate'

/** A function that returns a sentence of the interface in the language of the print or export job. */
export type Say = (key: SentenceKey, values?: SentenceValues) => string
