import { extractBulletin } from '../extract/extract'
import type { ArchivedFile, Extraction, ReceivedPage } from '../extract/extraction'
import { unpackPage } from './unpack-page'

/**
 * Extracts a page, or the page of a web archive with the pictures and files that the page shows. Throws the errors of
 * {@link extractBulletin} and of {@link unpackPage}.
 */
export function extractFile(received: ReceivedPage): Extraction {
  if (received.mayBeArchive !== true) return extractBulletin(received)
  const { page, partOf } = unpackPage(received)
  const extraction = extractBulletin(page)
  if (partOf === null) return extraction
  const { pictures, attachments } = extraction.media
  const addresses = new Set([...pictures, ...attachments].map(({ address }) => address))
  const archived = new Map<string, ArchivedFile>()
  for (const address of addresses) {
    const part = partOf(address)
    if (part !== null) archived.set(address, part)
  }
  return { ...extraction, archived }
}
