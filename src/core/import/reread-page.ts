import { AppError } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extract'
import type { Addition, Reread } from '../library/changes/add-bulletin'
import { collectMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'
import { unpackPage } from './unpack-page'

/** Joins a received page and its extraction into an addition to the library. */
export function createAddition({ bytes, name }: ReceivedPage, extraction: Extraction): Addition {
  const { text, address, source, origin = null, charset, extractor } = extraction
  return { bytes, name, text, address, source, origin, charset: charset.name, extractor }
}

/** Extracts a stored page again, with its stored pictures and files. Sends no request. Throws as extraction does. */
export async function rereadPage(
  { keptFile, ...page }: Parameters<Reread>[0],
  extract: (page: ReceivedPage) => Promise<Extraction>,
): Promise<Addition> {
  const extraction = await extract(unpackPage(page).page)
  const addition = createAddition(page, extraction)
  if (keptFile === undefined) return addition
  const { text } = await collectMedia(addition.text, extraction.media, {
    signal: new AbortController().signal,
    async resolve(address) {
      const bytes = await keptFile(address)
      if (bytes === null)
        throw page.address == null
          ? createNotBesideError(address)
          : new AppError('file-not-found', 'reread: file not stored', { name: address })
      return { bytes, received: bytes, facts: null, fileName: null }
    },
  })
  return { ...addition, text }
}
