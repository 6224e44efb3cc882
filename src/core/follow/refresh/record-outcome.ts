import { AppError, type ErrorShape } from '../../../shared/errors'
import { canonicalAddress } from '../../fetch/url'
import { endLongTurn } from '../../threads/event-loop'
import type { CrawlState, FinishedPage, KnownEntry } from '../../library/sources/refresh-documents'
import type { SourceRun } from './source-run'

/** Records in the source's document whether a refresh succeeded. `error` is null if the refresh succeeded. */
export async function recordHealth({ library, source, clock }: SourceRun, error: ErrorShape | null): Promise<void> {
  const at = clock().toISOString()
  await library.sourceStore
    .changeSource(source.id, ({ health, ...rest }) => ({
      ...rest,
      health: {
        ...health,
        lastTriedAt: at,
        lastGoodAt: error === null ? at : health.lastGoodAt,
        failuresInARow: error === null ? 0 : health.failuresInARow + 1,
        lastError: error,
      },
    }))
    .catch((thrown: unknown) => {
      // No outcome is recorded if the user removed the source during the refresh.
      if (!(thrown instanceof AppError) || thrown.code !== 'source-not-found') throw thrown
    })
}

/**
 * Copies the outcome of every finished page of the refresh to the crawl state of the source, which lists the pages that
 * refreshes have found.
 */
export async function recordFinishedPages(
  { refresh, source, library: { sourceStore } }: SourceRun,
  crawlState: CrawlState,
): Promise<void> {
  for (const page of await sourceStore.readFinishedPages(refresh.id, source.id)) {
    const key = canonicalAddress(page.url)
    const known = crawlState.entries[key]
    if (known !== undefined) crawlState.entries[key] = withOutcome(known, page)
    await endLongTurn()
  }
  await sourceStore.writeCrawlState(source.id, crawlState)
}

function withOutcome(known: KnownEntry, page: FinishedPage): KnownEntry {
  const { outcome, id, at, etag, lastModified, error } = page
  const isGone = outcome === 'gone' || error?.code === 'page-not-found'
  const isStored = id !== null && !isGone && outcome !== 'failed'
  return {
    ...known,
    checkedAt: at,
    ...(outcome === 'deleted' ? { isDeleted: true } : {}),
    ...(isGone ? { goneAt: known.goneAt ?? at } : {}),
    ...(isStored ? { id, etag, lastModified, goneAt: null, publishedAt: page.publishedAt ?? known.publishedAt } : {}),
  }
}
