import { closeSync, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import { systemCode, writeAll } from '../../files'
import { openPlainFileForAppending, readPlainFile } from '../../trust/plain-files'
import { finishedPageRecord, type FinishedPage, planDocument, type RefreshPlan, runDocument } from './refresh-documents'
import { listNames, readOptional, requireWriting, type SourceStoreParts, writeSourceFile } from './source-files'

/**
 * The refreshes of a library: their state, plans and finished pages. In a library opened for reading, every write
 * throws.
 */
export interface RefreshStore {
  /** Lists at most `limit` refreshes, the newest first. Also includes every older refresh that has not ended. */
  listRefreshes(limit: number): Promise<Refresh[]>
  /** Reads a refresh. Throws `refresh-not-found`. */
  readRefresh(id: string): Promise<Refresh>
  /**
   * Writes the state of a refresh. If the refresh is new, also deletes the oldest ended refreshes, so that at
   * most `maxEndedRefreshes` of them stay stored.
   */
  writeRefresh(refresh: Refresh): Promise<void>
  /** Reads the plan of a source in a refresh. Returns null if the refresh has made no plan for the source yet. */
  readPlan(refreshId: string, sourceId: string): Promise<RefreshPlan | null>
  writePlan(refreshId: string, sourceId: string, plan: RefreshPlan): Promise<void>
  /** Deletes an outdated plan, so that the refresh makes a new one. */
  removePlan(refreshId: string, sourceId: string): Promise<void>
  /**
   * Reads the pages that a refresh has finished, in the order in which they finished. Skips a line that a crash cut
   * off.
   */
  readFinishedPages(refreshId: string, sourceId: string): Promise<FinishedPage[]>
  appendFinishedPage(refreshId: string, sourceId: string, page: FinishedPage): void
  /** Returns the path of a refresh's spool: the folder for pages that the refresh has received and not stored yet. */
  spoolFolder(refreshId: string): string
  /** Deletes the spool folder of a refresh that has ended. */
  removeSpool(refreshId: string): Promise<void>
}

/**
 * The folder, relative to the library, for refreshes and for the crawl states of sources, which list the pages that
 * refreshes have found.
 */
export const refreshesFolder = 'refreshes'
/** Maximum number of ended refreshes that stay stored. The oldest ones above this number are deleted. */
const maxEndedRefreshes = 200

/** Creates the store of {@link RefreshStore}. `onFinished` is called for each page that a refresh has finished. */
export function createRefreshStore(
  parts: SourceStoreParts,
  onFinished: (sourceId: string, page: FinishedPage) => void,
): RefreshStore {
  const { root, exclusive, log } = parts
  const folderOf = (id: string): string => join(root, refreshesFolder, id)
  const planPath = (refreshId: string, sourceId: string): string => join(folderOf(refreshId), `${sourceId}.plan.json`)
  const pagesPath = (refreshId: string, sourceId: string): string => join(folderOf(refreshId), `${sourceId}.done.jsonl`)
  /**
   * Ids of the ended refreshes that were read. They are not read again, because the document of an ended refresh does
   * not change.
   */
  const ended = new Set<string>()
  const read = async (id: string): Promise<Refresh | null> => {
    const refresh = await readOptional(join(folderOf(id), 'run.json'), runDocument, log)
    if (refresh !== null && refresh.endedAt !== null) ended.add(id)
    return refresh
  }
  const removeOldRefreshes = async (): Promise<void> => {
    for (const id of (await listRefreshIds(root)).slice(0, -maxEndedRefreshes)) {
      const refresh = ended.has(id) ? null : await read(id)
      // A refresh that has not ended stays, because the user may continue it. An ended refresh is deleted, and so is an
      // unreadable one, because it can't be continued.
      if (refresh === null || refresh.endedAt !== null) await rm(folderOf(id), { recursive: true, force: true })
    }
  }
  return {
    async listRefreshes(limit) {
      const found: Refresh[] = []
      for (const id of (await listRefreshIds(root)).toReversed()) {
        const isOld = found.length >= limit
        if (isOld && ended.has(id)) continue
        const refresh = await read(id)
        if (refresh !== null && (!isOld || refresh.endedAt === null)) found.push(refresh)
      }
      return found
    },
    async readRefresh(id) {
      const refresh = await read(id)
      if (refresh === null) throw new AppError('refresh-not-found', `refresh ${id}: not found`, { id })
      return refresh
    },
    async writeRefresh(refresh) {
      const isNew = !existsSync(folderOf(refresh.id))
      await exclusive(() => writeSourceFile(parts, join(folderOf(refresh.id), 'run.json'), { ...refresh }))
      if (isNew) await removeOldRefreshes()
    },
    readPlan: (refreshId, sourceId) => readOptional(planPath(refreshId, sourceId), planDocument, log),
    writePlan: (refreshId, sourceId, plan) =>
      exclusive(() => writeSourceFile(parts, planPath(refreshId, sourceId), plan)),
    removePlan: (refreshId, sourceId) => exclusive(() => rm(planPath(refreshId, sourceId), { force: true })),
    async readFinishedPages(refreshId, sourceId) {
      const text = await readPlainFile(pagesPath(refreshId, sourceId)).catch((thrown: unknown) => {
        if (systemCode(thrown) === 'ENOENT') return ''
        throw thrown
      })
      return text
        .toString('utf8')
        .split('\n')
        .flatMap((line) => parseFinishedPage(line))
    },
    appendFinishedPage(refreshId, sourceId, page) {
      requireWriting(parts)
      // The record begins with a line break, so that it is on a separate line even if a crash cut off the line before
      // it.
      const file = openPlainFileForAppending(pagesPath(refreshId, sourceId))
      try {
        writeAll(file, Buffer.from(`\n${JSON.stringify(page)}`))
      } finally {
        closeSync(file)
      }
      onFinished(sourceId, page)
    },
    spoolFolder: (refreshId) => join(folderOf(refreshId), 'spool'),
    removeSpool: (refreshId) => rm(join(folderOf(refreshId), 'spool'), { recursive: true, force: true }),
  }
}

function parseFinishedPage(line: string): FinishedPage[] {
  if (line === '') return []
  try {
    return [finishedPageRecord.parse(JSON.parse(line))]
  } catch {
    return [] // A crash cut off this line. The next run requests the page of the line again.
  }
}

async function listRefreshIds(root: string): Promise<string[]> {
  const names = await listNames(join(root, refreshesFolder))
  return names.filter((name) => /^\d{8}t\d{6}z-[0-9a-f]{8}$/.test(name)).sort()
}
