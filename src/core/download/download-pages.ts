import type { AddResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { fatalErrorCodes } from '../fatal-errors'
import { shortAddress } from '../fetch/url'
import type { Library } from '../library/library'
import { downloadPage, type DownloadPageParts } from './download-page'

/** The dependencies of {@link downloadPages}. */
export interface DownloadPagesParts extends Pick<DownloadPageParts, 'fetchAddress' | 'extract' | 'signal'> {
  library: Pick<Library, 'add'>
  onProgress(done: number, total: number, current: string): void
  onStored(id: string): void
  /** Whether the result lists, for each page, the parts that the extraction removed. */
  explain: boolean
}

/**
 * Downloads pages with their pictures and files, and stores them. A page that fails is listed in `failed` with its
 * error and does not stop the others. An error that concerns the whole library (`fatalErrorCodes`) ends the download.
 * In that case, `failed` also lists every page that is not stored yet.
 */
export async function downloadPages(urls: readonly string[], parts: DownloadPagesParts): Promise<AddResult> {
  const result: AddResult = { added: [], revised: [], unchanged: [], failed: [], explained: [] }
  const fail = (url: string, thrown: unknown): void => {
    const { code, message, details } = toErrorShape(thrown)
    result.failed.push({ url, code, message, details: { url: shortAddress(url), ...details } })
  }
  let fatalError: AppError | null = null
  for (const [done, url] of urls.entries()) {
    if (parts.signal.aborted) fatalError ??= new AppError('cancelled', 'download: cancelled')
    if (fatalError !== null) {
      fail(url, fatalError)
      continue
    }
    parts.onProgress(done, urls.length, url)
    try {
      const { addition, log } = await downloadPage(url, {
        ...parts,
        onProgress: (current) => parts.onProgress(done, urls.length, current),
      })
      const { outcome, id, title, isOtherAddress = false } = await parts.library.add(addition)
      const missing = addition.text.missing?.length ?? 0
      result[outcome].push({ id, title, url, missing, ...(isOtherAddress ? { isOtherAddress } : {}) })
      if (parts.explain) result.explained.push({ url, removals: [...log] })
      if (outcome !== 'unchanged' || isOtherAddress) parts.onStored(id)
    } catch (thrown) {
      fail(url, thrown)
      if (thrown instanceof AppError && fatalErrorCodes.has(thrown.code)) fatalError = thrown
    }
  }
  parts.onProgress(urls.length, urls.length, '')
  return result
}
