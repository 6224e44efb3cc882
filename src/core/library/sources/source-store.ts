import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { type Source, sourceSchema } from '../../../shared/source'
import { writeManyDocuments } from '../../document-writer'
import { makeFolder, moveDurably, randomName, systemCode } from '../../files'
import { endLongTurn } from '../../threads/event-loop'
import { readDocument, type SourceDocument, sourceDocument } from '../store/documents'
import { createMissingEntries } from './missing-entries'
import { toOwnSource, toStoredSource } from './own-sources'
import { type CrawlState, crawlStateDocument } from './refresh-documents'
import { createRefreshStore, refreshesFolder, type RefreshStore } from './refresh-store'
import { listNames, readOptional, requireWriting, type SourceStoreParts, writeSourceFile } from './source-files'

/** The followed sources of a library and their refreshes. In a library opened for reading, every write throws. */
export interface SourceStore extends RefreshStore {
  /**
   * Lists all sources, sorted by name. `damaged` lists the source documents that can't be read, as paths relative to
   * the library.
   */
  listSources(): Promise<{ sources: Source[]; damaged: string[] }>
  /** Reads a source. Throws `source-not-found`, `source-damaged`. */
  readSource(id: string): Promise<Source>
  /**
   * Writes a source. If the stored document of the source is damaged, moves the damaged document to `damaged/` first.
   */
  putSource(source: Source): Promise<void>
  /**
   * Writes several sources in one step of the write queue. If the write fails, some of the sources may already be
   * written.
   */
  putSources(sources: readonly Source[]): Promise<void>
  /**
   * Reads, changes and writes a source while nothing else writes to the library. Throws the errors of
   * {@link SourceStore.readSource}.
   */
  changeSource(id: string, change: (source: Source) => Source): Promise<Source>
  /**
   * Deletes a source and its crawl state, which lists the pages that refreshes have found. Throws `source-not-found`.
   */
  removeSource(id: string): Promise<void>
  /**
   * Reads the crawl state of a source: the entries that earlier refreshes found. Returns an empty state if the document
   * is missing or can't be read.
   */
  readCrawlState(sourceId: string): Promise<CrawlState>
  writeCrawlState(sourceId: string, state: CrawlState): Promise<void>
  /**
   * Counts the entries of a source that are neither stored nor removed from the portal, and whose date is not before
   * `since`.
   */
  countMissing(source: Pick<Source, 'id' | 'since'>): Promise<number>
}

/** Creates the store of {@link SourceStore}. */
export function createSourceStore(parts: SourceStoreParts): SourceStore {
  const { root, exclusive, log, ownKey } = parts
  const sourcePath = (id: string): string => join(root, 'sources', `${id}.json`)
  const statePath = (id: string): string => join(root, refreshesFolder, 'known', `${id}.json`)
  const readSource = async (id: string): Promise<Source> => {
    try {
      return toOwnSource(await readDocument(sourcePath(id), sourceDocument), ownKey)
    } catch (thrown) {
      if (systemCode(thrown) === 'ENOENT')
        throw new AppError('source-not-found', `source ${id}: not found`, { id }, { cause: thrown })
      throw new AppError('source-damaged', `source ${id}: damaged`, { file: `sources/${id}.json` }, { cause: thrown })
    }
  }
  /**
   * Returns the path and the new document of a source. If the stored document can't be read, moves it to `damaged/`
   * first.
   */
  const prepareDocument = async (source: Source): Promise<{ target: string; value: SourceDocument }> => {
    requireWriting(parts)
    const { id } = source
    const path = sourcePath(id)
    const before = existsSync(path) ? await readDocument(path, sourceDocument).catch(() => 'damaged' as const) : null
    if (before === 'damaged') {
      await makeFolder(root, join(root, 'damaged'))
      await moveDurably(path, join(root, 'damaged', `source-${id}-${randomName()}.json`))
    }
    return { target: path, value: toStoredSource(source, before === 'damaged' ? null : before, ownKey) }
  }
  const put = async (source: Source): Promise<void> => {
    const { target, value } = await prepareDocument(source)
    await writeSourceFile(parts, target, value)
  }
  const putMany = async (sources: readonly Source[]): Promise<void> => {
    const { staging } = requireWriting(parts)
    const folder = join(root, 'sources')
    const documents: { target: string; value: SourceDocument }[] = []
    for (const source of sources) {
      documents.push(await prepareDocument(source))
      await endLongTurn()
    }
    if (documents.length > 0) await makeFolder(root, folder)
    await writeManyDocuments(staging, folder, documents)
  }
  const readCrawlState = async (id: string): Promise<CrawlState> =>
    (await readOptional(statePath(id), crawlStateDocument, log)) ?? { pages: {}, entries: {}, isWhole: false }
  const missing = createMissingEntries({ readState: readCrawlState, isCached: parts.writing !== null })

  return {
    ...createRefreshStore(parts, (sourceId, { id, outcome, url }) => {
      if (id !== null || outcome === 'deleted') missing.removeEntry(sourceId, url)
    }),
    async listSources() {
      const found: Source[] = []
      const damaged: string[] = []
      for (const id of await listSourceIds(root))
        await readSource(id).then(
          (source) => void found.push(source),
          () => void damaged.push(`sources/${id}.json`),
        )
      return { sources: found.sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true })), damaged }
    },
    readSource,
    putSource: (source) => exclusive(() => put(source)),
    putSources: (sources) => exclusive(() => putMany(sources)),
    changeSource: (id, change) =>
      exclusive(async () => {
        const changed = change(await readSource(id))
        await put(changed)
        return changed
      }),
    removeSource: (id) =>
      exclusive(async () => {
        if (!existsSync(sourcePath(id))) throw new AppError('source-not-found', `source ${id}: not found`, { id })
        requireWriting(parts)
        await rm(sourcePath(id))
        await rm(statePath(id), { force: true })
        missing.removeSource(id)
      }),
    readCrawlState,
    async writeCrawlState(id, state) {
      await exclusive(() => writeSourceFile(parts, statePath(id), state))
      missing.set(id, state)
    },
    countMissing: (source) => missing.count(source),
  }
}

/** Finds the source documents that can't be read. Returns their paths, relative to the library. */
export async function findDamagedSources(root: string): Promise<string[]> {
  const damaged: string[] = []
  for (const id of await listSourceIds(root))
    await readDocument(join(root, 'sources', `${id}.json`), sourceSchema).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'ENOENT') damaged.push(`sources/${id}.json`)
    })
  return damaged
}

async function listSourceIds(root: string): Promise<string[]> {
  const names = await listNames(join(root, 'sources'))
  return names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
}
