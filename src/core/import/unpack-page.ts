import { extname } from 'node:path'
import type { ReceivedPage } from '../extract/extraction'
import { type ArchivedPage, isMhtml, openMhtml } from './mhtml'

/** A received file in the form that extraction expects. */
export interface UnpackedPage {
  page: ReceivedPage
  /** Returns the pictures and files inside a web archive. Null if the file is not a web archive. */
  partOf: ArchivedPage['partOf'] | null
}

/**
 * Extracts the page from a web archive. Returns every other file unchanged. Detects an archive by its content, because
 * archives have several extensions (.mhtml, .mht, .eml). Call this function once for received bytes, because extraction
 * does not open archives. Throws the errors of {@link openMhtml}.
 */
export function unpackPage(received: ReceivedPage): UnpackedPage {
  if (received.address != null || !isMhtml(received.bytes)) return { page: received, partOf: null }
  const { partOf, ...archived } = openMhtml(received.bytes, received.name)
  const name = /^\.mht(?:ml)?$/i.test(extname(received.name)) ? received.name : `${received.name}.mhtml`
  return { page: { ...received, ...archived, name }, partOf }
}
