import type { RefreshFailure } from '../../../shared/refresh'
import type { FinishedPage, PlannedPage } from '../../library/sources/refresh-documents'

/** Returns all failures of finished pages, in order. */
export function listFailures(pages: readonly FinishedPage[]): RefreshFailure[] {
  return pages.flatMap(({ url, title, error }) => (error === null ? [] : [{ ...error, url, title }]))
}

/** The pages to request again. These are the pages whose last outcome is `failed`. */
export function listFailedPages(pages: readonly FinishedPage[]): PlannedPage[] {
  const last = new Map(pages.map((page) => [page.url, page]))
  return [...last.values()]
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ url, title, publishedAt }) => ({ url, title, publishedAt }))
}
