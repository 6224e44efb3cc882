import type { MissingResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { isPartReference } from '../../shared/saved-pages'
import type { FetchAddress } from '../fetch/fetch-result'
import { isPublicIp, typedHost } from '../fetch/ssrf-guard'
import { parseWebAddress } from '../fetch/url'
import type { Library } from '../library/library'
import type { AdditionFile } from '../library/store/captures'
import { createNetworkResolver } from './download-pages'
import { fetchMediaFiles, type ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../import/saved-page-parts'
import { fatalErrorCodes } from '../fatal-errors'

/** What fetching the missing again needs. */
export interface FetchMissingFilesOptions {
  library: Pick<Library, 'get'>
  /** Stores files of a bulletin that were missing. Returns the number of its current revision. */
  addFiles(id: string, files: readonly AdditionFile[]): Promise<number>
  fetchAddress: FetchAddress
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
  onStored(id: string): void
}

/**
 * Asks again for the pictures and files which these bulletins miss; what comes is stored and put in its place. Throws
 * `bulletin-not-found`, `cancelled`, and as writes do.
 */
export async function fetchMissingFiles(
  ids: readonly string[],
  options: FetchMissingFilesOptions,
): Promise<MissingResult> {
  const { library, addFiles, fetchAddress, signal, onProgress, onStored } = options
  const result: MissingResult = { changed: [], found: 0, failed: [] }
  for (const [done, id] of ids.entries()) {
    const { title, url, missing, captures } = await library.get(id)
    onProgress(done, ids.length, title)
    const page = captures.findLast(({ url }) => url !== null)
    // Reached in a private network before, so its reader had typed it; nothing a page says of itself counts here.
    const isTyped = page?.url != null && page.ip !== null && !isPublicIp(page.ip)
    const typed = isTyped ? typedHost(parseWebAddress(page.url ?? '')) : undefined
    const { found, failed } = await fetchMediaFiles(missing, {
      resolve: askable(createNetworkResolver(fetchAddress, typed), url),
      signal,
      onProgress: (_done, _total, address) => onProgress(done, ids.length, address),
    })
    for (const { address, error } of failed) {
      if (fatalErrorCodes.has(error.code)) throw error
      result.failed.push({ url: address, ...toErrorShape(error) })
    }
    if (found.length === 0) continue
    await addFiles(id, found)
    result.changed.push(id)
    result.found += found.length
    onStored(id)
  }
  if (signal.aborted) throw new AppError('cancelled', 'missing: cancelled')
  onProgress(ids.length, ids.length, '')
  return result
}

/** A saved page may refer to a file as its site does; what its browser would have saved beside it is nowhere else. */
function askable(resolve: ResolveMedia, pageUrl: string | null): ResolveMedia {
  return (address, role, signal) => {
    const absolute = /^https?:/i.test(address) ? address : (URL.parse(address, pageUrl ?? undefined)?.href ?? null)
    if (absolute === null || !/^https?:/i.test(absolute) || isPartReference(address))
      return Promise.reject(createNotBesideError(address))
    return resolve(absolute, role, signal)
  }
}
