import { AppError } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extract'
import type { Addition, Reread } from '../library/additions'
import { collectMedia } from './media'

/** A page that was handed in and what extraction made of it, ready to be stored. */
export function additionOf({ bytes, name }: ReceivedPage, extraction: Extraction): Addition {
  const { text, address, source, charset, extractor } = extraction
  return { bytes, name, text, address, source, charset: charset.name, extractor }
}

/** Extracts a kept page again, with the pictures and files that are kept; nothing is fetched. */
export async function rereadPage(
  { keptFile, ...page }: Parameters<Reread>[0],
  extract: (page: ReceivedPage) => Promise<Extraction>,
): Promise<Addition> {
  const extraction = await extract(page)
  const addition = additionOf(page, extraction)
  if (keptFile === undefined) return addition
  const { text } = await collectMedia(addition.text, extraction.media, {
    signal: new AbortController().signal,
    async resolve(address) {
      const bytes = await keptFile(address)
      if (bytes === null) throw new AppError('file-not-found', 'reread: not kept', { name: address })
      return { bytes, received: bytes, facts: null, fileName: null }
    },
  })
  // A page that was handed in as a file never had its media looked for.
  if (page.address == null) delete text.missing
  return { ...addition, text }
}
