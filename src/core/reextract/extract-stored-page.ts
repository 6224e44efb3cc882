import { AppError } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import { collectMorePages } from '../extract/pages/join-pages'
import { createAddition } from '../import/create-addition'
import type { Addition, PageToExtract } from '../library/changes/addition'
import { collectMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'

/**
 * Extracts a page again and puts the stored pictures and files of the page in their places in the text. The function
 * downloads nothing.
 */
export async function extractStoredPage(
  { readFileByAddress, ...page }: PageToExtract,
  extract: (page: ReceivedPage) => Promise<Extraction>,
): Promise<Addition> {
  const received = { ...page, mayBeArchive: true }
  const { extraction } = await collectMorePages(await extract(received), {
    async read(address) {
      const bytes = await readFileByAddress(address)
      return bytes === null ? null : { ...page, bytes, address }
    },
    extract,
  })
  const addition = createAddition(page, extraction)
  const { text } = await collectMedia(addition.text, extraction.media, {
    signal: new AbortController().signal,
    async resolve(address) {
      const bytes = await readFileByAddress(address)
      if (bytes !== null) return { bytes, received: bytes, facts: null, fileName: null }
      throw page.address == null
        ? createNotBesideError(address)
        : new AppError('file-not-found', 're-extract: not stored', { name: address })
    },
  })
  return { ...addition, text }
}
