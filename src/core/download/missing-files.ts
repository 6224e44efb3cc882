import type { MissingResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { isPartReference } from '../../shared/saved-pages'
import { fatalErrorCodes } from '../fatal-errors'
import type { FetchAddress } from '../fetch/fetch-result'
import { typedHost } from '../fetch/ssrf-guard'
import { parseWebAddress } from '../fetch/url'
import type { Library } from '../library/library'
import type { AdditionFile } from '../library/store/captures'
import { fetchMediaFiles, type ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'
import { createNetworkResolver } from './network-resolver'

/** The dependencies of {@link fetchMissingFiles}. */
export interface FetchMissingFilesParts {
  library: Pick<Library, 'get' | 'findTypedPage'>
  /** Stores fetched files in a bulletin. Returns the number of the bulletin's current revision. */
  addFiles(id: string, files: readonly AdditionFile[]): Promise<number>
  fetchAddress: FetchAddress
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
  onStored(id: string): void
}

/**
 * Fetches the missing pictures and files of bulletins and adds them to the bulletins. Throws `bulletin-not-found`,
 * `cancelled`, and the errors of a write.
 */
export async function fetchMissingFiles(
  ids: readonly string[],
  { library, addFiles, fetchAddress, signal, onProgress, onStored }: FetchMissingFilesParts,
): Promise<MissingResult> {
  const result: MissingResult = { changed: [], found: 0, failed: [] }
  for (const [done, id] of ids.entries()) {
    const { title, url, missing } = await library.get(id)
    onProgress(done, ids.length, title)
    // The host of a page in a private network is allowed only if a capture of this user's own program proves that the
    // user requested the page. An address that the page itself declares proves nothing.
    const typedPage = await library.findTypedPage(id)
    const typed = typedPage === null ? undefined : typedHost(parseWebAddress(typedPage))
    const { found, failed } = await fetchMediaFiles(missing, {
      resolve: resolveAgainst(url, createNetworkResolver(fetchAddress, typed)),
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
  if (signal.aborted) throw new AppError('cancelled', 'missing files: cancelled')
  onProgress(ids.length, ids.length, '')
  return result
}

/**
 * Creates a resolver that resolves relative addresses against the address of the page. It throws `not-beside` for a
 * file that exists only in the folder of a saved page, because no server has this file.
 */
function resolveAgainst(pageUrl: string | null, resolve: ResolveMedia): ResolveMedia {
  return (address, role, signal) => {
    const absolute = /^https?:/i.test(address) ? address : (URL.parse(address, pageUrl ?? undefined)?.href ?? null)
    if (absolute === null || !/^https?:/i.test(absolute) || isPartReference(address))
      return Promise.reject(createNotBesideError(address))
    return resolve(absolute, role, signal)
  }
}
