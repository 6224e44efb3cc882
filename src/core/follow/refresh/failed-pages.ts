import type { RefreshFailure } from '../../../shared/refresh'
import type { FinishedPage, PlannedPage } from '../../library/sources/refresh-documents'

/** Returns the failures of finished pages, in the order of the pages. */
export function listFailures(pages: readonly FinishedPage[]): RefreshFailure[] {
  return pages.flatMap(({ url, title, error }) => (error === null ? [] : [{ ...error, url, title }]))
}

/** Returns the pages to request again: those whose last outcome is `failed`. */
export function listFailedPages(pages: readonly FinishedPage[]): PlannedPage[] {
  const last = new Map(pages.map((page) => [page.url, page]))
  return [...last.values()]
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ url, title, publishedAt }) => ({ url, title, publishedAt }))
}
