import { extname } from 'node:path'
import type { ReceivedPage } from '../extract/extraction'
import { type ArchivedPage, isMhtml, openMhtml } from './mhtml'
import { isWebArchive, openWebArchive } from './web-archive'

/** A received file in the form that extraction expects. */
export interface UnpackedPage {
  page: ReceivedPage
  /** Returns the pictures and files inside a web archive. Null if the file is not a web archive. */
  partOf: ArchivedPage['partOf'] | null
}

/**
 * Extracts the page from a web archive or a mail. Returns every other file unchanged. Detects an archive by its content,
 * because archives have several extensions (.mhtml, .mht, .eml, .webarchive). Call this function once for received
 * bytes, because extraction does not open archives. Throws the errors of {@link openMhtml} and {@link openWebArchive}.
 */
export function unpackPage(received: ReceivedPage): UnpackedPage {
  const { bytes } = received
  const open = isWebArchive(bytes) ? openWebArchive : isMhtml(bytes) ? openMhtml : null
  if (received.address != null || open === null) return { page: received, partOf: null }
  const { partOf, ...archived } = open(bytes, received.name)
  const name = /^\.mht(?:ml)?$/i.test(extname(received.name)) ? received.name : `${received.name}.mhtml`
  return { page: { ...received, ...archived, name }, partOf }
}
