import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { Addition } from '../library/changes/addition'

/** Creates the addition for the library from a received page and its extraction. */
export function createAddition({ bytes, name }: ReceivedPage, extraction: Extraction): Addition {
  const { text, address, source, origin = null, charset, extractor } = extraction
  return { bytes, name, text, address, source, origin, charset: charset.name, extractor }
}
