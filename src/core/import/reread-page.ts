import { AppError } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { Addition, Reread } from '../library/changes/add-bulletin'
import { collectMedia } from '../media/collect-media'
import { createNotBesideError } from './saved-page-parts'

/** A page as received and what extraction made of it, ready to be stored. */
export function createAddition({ bytes, name }: ReceivedPage, extraction: Extraction): Addition {
  const { text, address, source, origin = null, charset, extractor } = extraction
  return { bytes, name, text, address, source, origin, charset: charset.name, extractor }
}

/** Extracts a kept page again, with the pictures and files that are kept; nothing is fetched. */
export async function rereadPage(
  { keptFile, ...page }: Parameters<Reread>[0],
  extract: (page: ReceivedPage) => Promise<Extraction>,
): Promise<Addition> {
  const extraction = await extract(page)
  const addition = createAddition(page, extraction)
  if (keptFile === undefined) return addition
  const { text } = await collectMedia(addition.text, extraction.media, {
    signal: new AbortController().signal,
    async resolve(address) {
      const bytes = await keptFile(address)
      if (bytes === null)
        throw page.address == null
          ? createNotBesideError(address)
          : new AppError('file-not-found', 'reread: not kept', { name: address })
      return { bytes, received: bytes, facts: null, fileName: null }
    },
  })
  return { ...addition, text }
}
