import { appendFileSync, existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import { type Source, sourceSchema } from '../../../shared/source'
import type { Log } from '../../ports'
import type { WriteContext } from '../store/commit'
import { makeFolder, moveDurably, randomName, systemCode } from '../../files'
import { readDocument } from '../store/documents'
import {
  isSince,
  type CrawlState,
  knowledgeDocument,
  type KnownEntry,
  type RefreshPlan,
  planDocument,
  runDocument,
  type FinishedPage,
  settledRecord,
} from './refresh-documents'

/** The followed sources of a library, and how refreshing them goes. Writes of a library opened for reading are refused. */
export interface SourceStore {
  /** All sources by name; `damaged` are the documents that can't be read, as paths below the library. */
  listSources(): Promise<{ sources: Source[]; damaged: string[] }>
  /** Throws `source-not-found`, `source-damaged`. */
  readSource(id: string): Promise<Source>
  /** Writes a source; a damaged document in its place is set aside. */
  putSource(source: Source): Promise<void>
  /** Changes a source as it stands when its turn comes. Throws as {@link SourceStore.readSource}. */
  changeSource(id: string, change: (source: Source) => Source): Promise<Source>
  /** Takes a source away, and what is known of its pages. Throws `source-not-found`. */
  removeSource(id: string): Promise<void>
  /** Nothing is known yet where there is no document, or one that can't be read. */
  readCrawlState(sourceId: string): Promise<CrawlState>
  writeCrawlState(sourceId: string, knowledge: CrawlState): Promise<void>
  /** How many of a source's entries are there, not kept, and no older than its reader wants them. */
  countMissing(source: Pick<Source, 'id' | 'since'>): Promise<number>
  /** The newest first; those that have not ended however old they are. */
  listRefreshes(limit: number): Promise<Refresh[]>
  /** Throws `refresh-not-found`. */
  readRefresh(id: string): Promise<Refresh>
  writeRefresh(refresh: Refresh): Promise<void>
  /** The plan of a source in a refresh; null where it was not made yet. */
  readPlan(refreshId: string, sourceId: string): Promise<RefreshPlan | null>
  writePlan(refreshId: string, sourceId: string, plan: RefreshPlan): Promise<void>
  /** The plan is no longer what is wanted: it is made anew. */
  removePlan(refreshId: string, sourceId: string): Promise<void>
  /** What is settled, in order; a line that was cut off by a crash is not. */
  readFinishedPages(refreshId: string, sourceId: string): Promise<FinishedPage[]>
  appendFinishedPage(refreshId: string, sourceId: string, settled: FinishedPage): void
  /** Where a refresh keeps what it received and has not stored yet. */
  spoolFolder(refreshId: string): string
  /** Takes away what a refresh that has ended no longer needs. */
  removeSpool(refreshId: string): Promise<void>
}

const folderName = 'refreshes'
/** So many refreshes are remembered once they have ended. */
const maxEndedRefreshes = 200

/** What following needs of the library. */
export interface SourceStoreParts {
  root: string
  /** Null: opened for reading. */
  writing: WriteContext | null
  exclusive<T>(write: () => Promise<T>): Promise<T>
  log: Log
}

/** See {@link SourceStore}. */
export function createSourceStore({ root, writing, exclusive, log }: SourceStoreParts): SourceStore {
  const sourcePath = (id: string): string => join(root, 'sources', `${id}.json`)
  const knownPath = (id: string): string => join(root, folderName, 'known', `${id}.json`)
  const refreshFolder = (id: string): string => join(root, folderName, id)
  const planPath = (refreshId: string, sourceId: string): string =>
    join(refreshFolder(refreshId), `${sourceId}.plan.json`)
  const writer = (): WriteContext => {
    if (writing !== null) return writing
    throw new AppError('library-read-only', 'following: opened for reading', { path: root })
  }
  const write = async (path: string, value: Record<string, unknown>): Promise<void> => {
    await makeFolder(root, dirname(path))
    await writer().writeDocument(path, value)
  }
  const readSource = async (id: string): Promise<Source> => {
    try {
      return await readDocument(sourcePath(id), sourceSchema)
    } catch (thrown) {
      if (systemCode(thrown) === 'ENOENT')
        throw new AppError('source-not-found', `source ${id}: not there`, { id }, { cause: thrown })
      throw new AppError('source-damaged', `source ${id}: damaged`, { file: `sources/${id}.json` }, { cause: thrown })
    }
  }
  const put = async (source: Source): Promise<void> => {
    const path = sourcePath(source.id)
    const isDamaged = existsSync(path) && (await readDocument(path, sourceSchema).catch(() => null)) === null
    if (isDamaged) {
      await makeFolder(root, join(root, 'damaged'))
      await moveDurably(path, join(root, 'damaged', `source-${source.id}-${randomName()}.json`))
    }
    await write(path, source)
  }
  const readKnowledge = async (id: string): Promise<CrawlState> =>
    (await readOptional(knownPath(id), knowledgeDocument, log)) ?? { pages: {}, entries: {}, isWhole: false }
  /** Looked for once: what is known of a large source is megabytes. Another program's changes are not seen. */
  const missing = new Map<string, Map<string, MissingEntry>>()
  /** Refreshes that are known to have ended: no later word of them is to come. */
  const ended = new Set<string>()
  const readRefresh = async (id: string): Promise<Refresh | null> => {
    const refresh = await readOptional(join(refreshFolder(id), 'run.json'), runDocument, log)
    if (refresh !== null && refresh.endedAt !== null) ended.add(id)
    return refresh
  }

  return {
    async listSources() {
      const found: Source[] = []
      const damaged: string[] = []
      for (const id of await idsIn(join(root, 'sources')))
        await readSource(id).then(
          (source) => void found.push(source),
          () => void damaged.push(`sources/${id}.json`),
        )
      return { sources: found.sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true })), damaged }
    },
    readSource,
    putSource: (source) => exclusive(() => put(source)),
    changeSource: (id, change) =>
      exclusive(async () => {
        const changed = change(await readSource(id))
        await put(changed)
        return changed
      }),
    removeSource: (id) =>
      exclusive(async () => {
        if (!existsSync(sourcePath(id))) throw new AppError('source-not-found', `source ${id}: not there`, { id })
        writer()
        await rm(sourcePath(id))
        await rm(knownPath(id), { force: true })
        missing.delete(id)
      }),
    readCrawlState: readKnowledge,
    async writeCrawlState(id, knowledge) {
      await exclusive(() => write(knownPath(id), knowledge))
      missing.set(id, missingOf(knowledge))
    },
    async countMissing({ id, since = null }) {
      const found = missing.get(id) ?? missingOf(await readKnowledge(id))
      // What was kept meanwhile is newer.
      if (writing !== null && !missing.has(id)) missing.set(id, found)
      return [...found.values()].filter((entry) => isSince(entry, since)).length
    },
    async listRefreshes(limit) {
      const found: Refresh[] = []
      for (const id of (await refreshIdsIn(join(root, folderName))).toReversed()) {
        const isOld = found.length >= limit
        if (isOld && ended.has(id)) continue
        const refresh = await readRefresh(id)
        if (refresh !== null && (!isOld || refresh.endedAt === null)) found.push(refresh)
      }
      return found
    },
    async readRefresh(id) {
      const refresh = await readRefresh(id)
      if (refresh === null) throw new AppError('refresh-not-found', `refresh ${id}: not there`, { id })
      return refresh
    },
    async writeRefresh(refresh) {
      const isNew = !existsSync(refreshFolder(refresh.id))
      await exclusive(() => write(join(refreshFolder(refresh.id), 'run.json'), { ...refresh }))
      if (!isNew) return
      const old = (await refreshIdsIn(join(root, folderName))).slice(0, -maxEndedRefreshes)
      for (const id of old) {
        const refresh = ended.has(id) ? null : await readRefresh(id)
        // What is paused waits for its reader; what can't be read, nothing could go on with.
        if (refresh === null || refresh.endedAt !== null) await rm(refreshFolder(id), { recursive: true, force: true })
      }
    },
    readPlan: (refreshId, sourceId) => readOptional(planPath(refreshId, sourceId), planDocument, log),
    writePlan: (refreshId, sourceId, plan) => exclusive(() => write(planPath(refreshId, sourceId), plan)),
    removePlan: (refreshId, sourceId) => exclusive(() => rm(planPath(refreshId, sourceId), { force: true })),
    async readFinishedPages(refreshId, sourceId) {
      const text = await readFile(join(refreshFolder(refreshId), `${sourceId}.done.jsonl`), 'utf8').catch(
        (thrown: unknown) => {
          if (systemCode(thrown) === 'ENOENT') return ''
          throw thrown
        },
      )
      return text.split('\n').flatMap((line) => settledOf(line))
    },
    appendFinishedPage(refreshId, sourceId, settled) {
      writer()
      // A line before it that a crash cut off is closed first.
      appendFileSync(join(refreshFolder(refreshId), `${sourceId}.done.jsonl`), `\n${JSON.stringify(settled)}`)
      if (settled.id !== null || settled.outcome === 'deleted') missing.get(sourceId)?.delete(settled.url)
    },
    spoolFolder: (refreshId) => join(refreshFolder(refreshId), 'spool'),
    removeSpool: (refreshId) => rm(join(refreshFolder(refreshId), 'spool'), { recursive: true, force: true }),
  }
}

/** Documents of sources that can't be read, as paths below the library. */
export async function findDamagedSources(root: string): Promise<string[]> {
  const damaged: string[] = []
  for (const id of await idsIn(join(root, 'sources')))
    await readDocument(join(root, 'sources', `${id}.json`), sourceSchema).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'ENOENT') damaged.push(`sources/${id}.json`)
    })
  return damaged
}

type MissingEntry = Pick<KnownEntry, 'publishedAt'>

/** By their addresses. */
function missingOf({ entries }: CrawlState): Map<string, MissingEntry> {
  return new Map(
    Object.values(entries)
      .filter(({ id, isDeleted, goneAt }) => id === null && isDeleted !== true && goneAt === null)
      .map(({ url, publishedAt }) => [url, { publishedAt }]),
  )
}

/** What can be had again is not worth a failure: where it can't be read, there is none. */
async function readOptional<T extends z.ZodMiniType>(path: string, schema: T, log: Log): Promise<z.output<T> | null> {
  try {
    return await readDocument(path, schema)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') log.warn(`following: ${path} can't be read`, thrown)
    return null
  }
}

function settledOf(line: string): FinishedPage[] {
  if (line === '') return []
  try {
    return [settledRecord.parse(JSON.parse(line))]
  } catch {
    return [] // cut off by a crash: its page is asked for again
  }
}

async function idsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
}

async function refreshIdsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^\d{8}t\d{6}z-[0-9a-f]{8}$/.test(name)).sort()
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  })
}
