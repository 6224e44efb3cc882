import { extname } from 'node:path'
import type { ReceivedPage } from '../extract/extraction'
import { type ArchivedPage, isMhtml, openMhtml } from './mhtml'
import { isWebArchive, openWebArchive } from './web-archive'

/** A received file in the form that the extraction needs. */
export interface UnpackedPage {
  page: ReceivedPage
  /** Returns a picture or file in the web archive. Null if the received file is not a web archive. */
  partOf: ArchivedPage['partOf'] | null
}

/**
 * Takes the page out of a web archive or a mail. Returns any other file unchanged. Looks at the content and not at the
 * extension, because archives have several (.mhtml, .mht, .eml, .webarchive). Must be called once for received bytes,
 * because the extraction does not open archives. Throws the errors of {@link openMhtml} and {@link openWebArchive}.
 */
export function unpackPage(received: ReceivedPage): UnpackedPage {
  const { bytes } = received
  const open = isWebArchive(bytes) ? openWebArchive : isMhtml(bytes) ? openMhtml : null
  if (received.address != null || open === null) return { page: received, partOf: null }
  const { partOf, ...archived } = open(bytes, received.name)
  const name = /^\.mht(?:ml)?$/i.test(extname(received.name)) ? received.name : `${received.name}.mhtml`
  return { page: { ...received, ...archived, name }, partOf }
}
