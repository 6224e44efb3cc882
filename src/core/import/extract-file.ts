import { extractBulletin } from '../extract/extract'
import type { ArchivedFile, Extraction, ReceivedPage } from '../extract/extraction'
import { createPageOfLinksError, isPageOfLinks } from './page-of-links'
import { unpackPage } from './unpack-page'

/**
 * Extracts the text of a page. From a web archive, extracts the page in it, with the pictures and files that the page
 * shows. Throws the errors of {@link extractBulletin} and {@link unpackPage}. If `refusesLists` is true, throws
 * `page-of-links` for a page that only lists bulletins.
 */
export function extractFile(received: ReceivedPage): Extraction {
  if (received.mayBeArchive !== true) return extractPage(received)
  const { page, partOf } = unpackPage(received)
  const extraction = extractPage(page)
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

function extractPage(page: ReceivedPage): Extraction {
  const extraction = extractBulletin(page)
  if (page.refusesLists !== true) return extraction
  const { bytes, name, declaredCharset = null, address: received } = page
  const address = received ?? extraction.address
  const { bodyText } = extraction.text
  if (isPageOfLinks({ bytes, charset: declaredCharset, address, bodyText }))
    throw createPageOfLinksError(address ?? name)
  return extraction
}
