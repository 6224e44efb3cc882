import { extname } from 'node:path'
import type { ReceivedPage } from '../extract/extraction'
import type { ResolveMedia } from '../media/collect-media'
import { isMhtml, openMhtml } from './mhtml'
import { createNotBesideError } from './saved-page-parts'

/** A received file as extraction takes it. */
export interface Unpacked {
  page: ReceivedPage
  /** Gets what the file itself carries beside its page; null for files that are their page. */
  resolve: ResolveMedia | null
}

/**
 * Takes the page out of a web archive; any other file is its own page. By content, since archives are called .mhtml,
 * .mht, .eml. Throws as {@link openMhtml}.
 */
export function unpackPage(received: ReceivedPage): Unpacked {
  if (received.address != null || !isMhtml(received.bytes)) return { page: received, resolve: null }
  const { partOf, ...archived } = openMhtml(received.bytes, received.name)
  const name = /^\.mht(?:ml)?$/i.test(extname(received.name)) ? received.name : `${received.name}.mhtml`
  return {
    page: { ...received, ...archived, name },
    resolve(wanted) {
      const part = partOf(wanted)
      return part === null
        ? Promise.reject(createNotBesideError(wanted))
        : Promise.resolve({ ...part, received: part.bytes, facts: null })
    },
  }
}
