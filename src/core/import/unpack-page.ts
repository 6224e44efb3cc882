import { extname } from 'node:path'
import type { ReceivedPage } from '../extract/extraction'
import type { ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'
import { isMhtml, openMhtml } from './mhtml'
import { isWebArchive, openWebArchive } from './web-archive'

/** A received file in the form that extraction expects. */
export interface UnpackedPage {
  page: ReceivedPage
  /** Returns the pictures and files inside a web archive. Null if the file is not a web archive. */
  partOf: ArchivedPage['partOf'] | null
}

/**
 * Extracts the page from a web archive. Returns every other file unchanged. Detects an archive by its content, because
 * archives have several extensions (.mhtml, .mht, .eml, .webarchive). Call this function once for received bytes, because extraction
 * does not open archives. Throws the errors of {@link openMhtml}.
 */
export function unpackPage(received: ReceivedPage): UnpackedPage {
  const { bytes } = received
  if (received.address != null || !(isWebArchive(bytes) || isMhtml(bytes))) return { page: received, resolve: null }
  const { partOf, ...archived } = isWebArchive(bytes)
    ? openWebArchive(bytes, received.name)
    : openMhtml(bytes, received.name)
  const name = /^\.mht(?:ml)?$/i.test(extname(received.name)) ? received.name : `${received.name}.mhtml`
  return { page: { ...received, ...archived, name }, partOf }
}
