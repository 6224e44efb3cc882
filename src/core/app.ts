import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  AddResult,
  CallResult,
  AppEvent,
  ImportResult,
  MissingResult,
  NumberedEvent,
  VerifyResult,
} from '../shared/contract/api'
import type { Bulletin } from '../shared/bulletin'
import { AppError } from '../shared/errors'
import type { ImportItem, ImportRun } from './import/import-files'
import type { RefreshService } from './follow/refresh-service'
import { maxImportBytes } from './import/uploads'
import { createUploads } from './import/uploads'
import { createDispatch } from './dispatch'
import type { Extraction, ReceivedPage } from './extract/extraction'
import type { FetchAddress } from './fetch/fetch-result'
import type { PoliteLimits, Politeness } from './fetch/politeness'
import type { AccessServer } from './shared-access/server'
import { type LocalSocket, createSocket, removeSocket } from './shared-access/socket'
import { createExportRunner } from './export/export-runner'
import { createHandlers } from './handlers'
import { createJobs, type Run } from './jobs'
import type { Reread } from './library/changes/add-bulletin'
import type { Backup } from './library/backup/write-backup'
import { createUserPackCache } from './extract/portals/user-pack-cache'
import { type Library, openLibrary } from './library/library'
import { createPages, readStylesheets } from './pages'
import type { Ports } from './ports'
import type { EditionOptions } from './print/edition'
import { createGeneratedFiles } from './outputs/generated-files'
import { createPrintRunner } from './print/print-runner'
import { openSettings } from './settings/settings'
import { safeFileName } from './outputs/safe-file-name'

/** The running program behind a host: the contract, its events, its pages. */
export interface App {
  /** Answers a call of the contract: checks the method, then the input; errors come back as data. Never throws. */
  call(method: unknown, input: unknown): Promise<CallResult<unknown>>
  /** Hears every event from now on; returns the function that ends it. */
  on(listener: (event: NumberedEvent) => void): () => void
  /** A page of the program (interface, article frame, media, print edition); null where there is none. */
  page(path: string): Promise<Response | null>
  /** The printable document of these bulletins. Throws `bulletin-not-found`. */
  editionOf(ids: readonly string[], options?: Partial<EditionOptions>): Promise<string>
  /** Imports files of this machine (the command line; pages use `upload` and `startImport`). */
  importFiles(items: readonly ImportItem[], run: ImportRun): Promise<ImportResult>
  /** Checks the library; all of it, or the bulletins named. Throws `bulletin-not-found`, `cancelled`. */
  verify(onlyIds: readonly string[] | null, run: Run): Promise<VerifyResult>
  /** Writes the whole library into one file. Throws `backup-damaged`, `cancelled`, and as writes do. */
  backup(file: string, run: Run): Promise<Backup>
  /** Begins to write the whole library into one file; the job's result says what it holds. */
  startBackup(file: string): Promise<string>
  /** Begins to merge a backup into the library; the job's result says what came of it. */
  startRestoreBackup(file: string, withDeleted: boolean): Promise<string>
  /** Waits for running writes and gives the library's lock back; may be asked twice. */
  close(): Promise<void>
}

/** How a host opens the program. */
export interface AppOptions {
  /**
   * `write` takes the library's lock (throws `library-locked` naming the holder); `read` never needs it;
   * `prefer-write` reads where the library's place can't be written (a read-only drive).
   */
  access: 'write' | 'prefer-write' | 'read'
  /** Whether a new, empty library gets the sample bulletin (the app and `serve`; no other command). */
  offerSample: boolean
  /** `later`: a library that a crash left is open at once and settled in the background, as a job. */
  recovery?: 'first' | 'later'
  /** Whether sources are refreshed by their schedules while this runs (the app and `serve`; no other command). */
  followsSchedules?: boolean
  /** How gently hosts are treated; others only in tests. */
  polite?: PoliteLimits
  /** The built threads; null works in this one (unit tests). */
  workers: { extract: string; index: string } | null
}

/** Longest time one page's extraction may take, in ms; a page that needs more is refused as `too-complex`. */
const extractTimeoutMs = 20_000

/** Opens the library and joins the features to the contract. Throws `library-locked`, `library-newer`, `library-read-only`. */
export async function createApp(ports: Ports, options: AppOptions): Promise<App> {
  const packsOf = createUserPackCache(join(ports.paths.config, 'packs'), ports.log)
  const extractPage = async (page: ReceivedPage, signal?: AbortSignal): Promise<Extraction> => {
    const { extractInWorker: extractIsolated } = await import('./extract/run-in-worker')
    const { unpackPage } = await import('./import/unpack-page')
    return extractIsolated(
      { ...unpackPage(page).page, packs: await packsOf() },
      {
        workerFile: options.workers?.extract ?? null,
        timeoutMs: extractTimeoutMs,
        ...(signal === undefined ? {} : { signal }),
      },
    )
  }
  const reread: Reread = async (kept) => {
    const { rereadPage } = await import('./import/reread-page')
    return rereadPage(kept, extractPage)
  }
  const socket = options.access === 'read' ? null : await createSocket(process.platform)
  const library = await openAs(options.access, (access) =>
    openLibrary({
      ports: { ...ports, root: ports.paths.library, cache: ports.paths.cache },
      access,
      reread,
      socket,
      recovery: options.recovery ?? 'first',
      indexWorker: options.workers?.index ?? null,
    }),
  ).catch(async (thrown: unknown) => {
    if (socket !== null) await removeSocket(socket, process.platform)
    throw thrown
  })
  const settings = await openSettings(ports)
  const uploads = createUploads()
  const { emit, on } = createEvents()
  const jobs = createJobs((job) => emit({ type: 'job-changed', job }))

  const runImport = async (items: readonly ImportItem[], run: ImportRun): Promise<ImportResult> => {
    const { importFiles } = await import('./import/import-files')
    return library.batch(() =>
      importFiles(items, {
        ...run,
        library,
        extract: extractPage,
        onStored: (id) => emit({ type: 'bulletins-changed', ids: [id] }),
      }),
    )
  }

  const createFetching = async (): Promise<Politeness> => {
    const { createFetcher } = await import('./fetch/fetcher')
    const { createPoliteness } = await import('./fetch/politeness')
    const fetchAddress = createFetcher({
      version: ports.host.version,
      clock: ports.clock,
      proxyFor: (address) => ports.proxyFor(address),
      isAccepted: async (host) => (await settings.flush()).acceptedHosts.includes(host),
    })
    return createPoliteness(fetchAddress, options.polite)
  }
  let politely: Promise<Politeness> | null = null
  /** One for the whole program: a host has one queue, whoever asks it. */
  const fetching = (): Promise<Politeness> => (politely ??= createFetching())
  const fetchingForUser = async (): Promise<FetchAddress> =>
    (await import('./fetch/politeness')).createUserFetch(await fetching())
  const onStored = (id: string): void => emit({ type: 'bulletins-changed', ids: [id] })
  const runAdd = async (urls: readonly string[], explain: boolean, run: Run): Promise<AddResult> => {
    const { downloadPages: addAddresses } = await import('./download/download-pages')
    const parts = { library, fetchAddress: await fetchingForUser(), extract: extractPage, onStored, explain, ...run }
    return library.batch(() => addAddresses(urls, parts))
  }
  const runFetchMissing = async (ids: readonly string[], run: Run): Promise<MissingResult> => {
    const { fetchMissingFiles: fetchMissing } = await import('./download/missing-files')
    return fetchMissing(ids, { library, fetchAddress: await fetchingForUser(), onStored, ...run })
  }

  let following: Promise<RefreshService> | null = null
  const createFollowing = async (): Promise<RefreshService> => {
    const { createRefreshService: createRefreshing } = await import('./follow/refresh-service')
    return createRefreshing({
      library,
      extract: extractPage,
      clock: ports.clock,
      log: ports.log,
      politeness: await fetching(),
      jobs,
      batch: (work) => library.batch(work),
      onStored,
      onChange(refresh) {
        emit({ type: 'refresh-changed', refresh })
        if (refresh.endedAt !== null) emit({ type: 'sources-changed' })
      },
      followsSchedules: options.followsSchedules === true && !library.readOnly,
    })
  }
  const refreshing = (): Promise<RefreshService> => (following ??= createFollowing())

  const startRecovery = (): void => {
    jobs.start('reindex', async (run) => {
      const began = Date.now()
      const indexed = await library.recover(run)
      emit({ type: 'bulletins-changed', ids: [] })
      return { indexed, ms: Date.now() - began }
    })
  }

  const addSample = async (): Promise<string> => {
    const name = 'bulletin-2020-09-08.txt'
    const bytes = await readFile(join(ports.paths.resources, 'sample', name))
    const page = { bytes, name }
    const { createAddition: additionOf } = await import('./import/reread-page')
    const { id } = await library.add(additionOf(page, await extractPage(page)))
    await library.recordSampleAdded()
    emit({ type: 'bulletins-changed', ids: [id] })
    return id
  }

  const mediaPath = (id: string, file: string): string => `/media/${id}/${file}`
  const editionOf = async (
    ids: readonly string[],
    chosen: Partial<EditionOptions> = {},
    revisions: Readonly<Record<string, number>> = {},
  ): Promise<string> => {
    const bulletins: Bulletin[] = []
    for (const id of ids) bulletins.push(await library.get(id, revisions[id]))
    const { createEdition, plainOptions } = await import('./print/edition')
    return createEdition(bulletins, {
      language: settings.get().language,
      options: plainOptions,
      stylesheets: await readStylesheets(ports.paths.interface),
      mediaPath,
      printButton: false,
      firstPages: null,
      part: null,
      ...chosen,
    })
  }

  const prints = createGeneratedFiles()
  const pages = createPages({
    interfaceFolder: ports.paths.interface,
    openFile: async (id, file) => ({ bytes: await library.readFile(id, file), name: await nameOf(library, id, file) }),
    editionOf: (ids, chosen, revisions) =>
      editionOf(
        ids,
        { printButton: ports.host.kind === 'web', ...(chosen === null ? {} : { options: chosen }) },
        revisions,
      ),
    readPrint: (key, file) => prints.read(key, file),
  })
  const get = (id: string, revision?: number): Promise<Bulletin> => library.get(id, revision)
  const readFileOf = (id: string, name: string): Promise<Uint8Array> => library.readFile(id, name)
  const printing = createPrintRunner({ ports, prints, settings, page: pages, get, mediaPath })
  const exporting = createExportRunner({ ports, prints, settings, page: pages, get, readFile: readFileOf })

  if (
    options.offerSample &&
    !library.readOnly &&
    !library.needsRecovery() &&
    !library.wasSampleAdded() &&
    (await library.count()).all === 0
  )
    await addSample().catch((thrown: unknown) => ports.log.warn('sample: not added', thrown))

  const backup: App['backup'] = async (file, run) => {
    const { saveBackup } = await import('./library/backup/save-backup')
    return saveBackup(ports.paths.library, file, { ...run, program: ports.program, now: ports.clock() })
  }
  const startBackup: App['startBackup'] = (file) =>
    Promise.resolve(
      jobs.start('backup', async (run) => {
        const { bulletins, damaged } = await backup(file, run)
        return { bulletins, damaged: damaged.length }
      }),
    )

  const handlers = createHandlers({
    ports,
    library,
    settings,
    uploads,
    jobs,
    emit,
    addSample,
    extract: extractPage,
    runImport,
    runAdd,
    runFetchMissing,
    ...printing,
    ...exporting,
    startBackup,
    refreshing,
    maxImportBytes,
  })
  if (library.needsRecovery()) startRecovery()
  if (options.followsSchedules === true && !library.readOnly)
    void refreshing()
      .then(({ start: begin }) => begin())
      .catch((thrown: unknown) => ports.log.warn('following: not begun', thrown))
  const closeAll = async (): Promise<void> => {
    await holder?.close()
    if (socket !== null) await removeSocket(socket, process.platform)
    ;(await following?.catch(() => null))?.prepareToQuit()
    await jobs.close()
    await printing.closePrinting()
    await uploads.close()
    await prints.close()
    await library.close()
  }
  let closing: Promise<void> | null = null
  const app: App = {
    call: createDispatch(handlers, ports.log),
    on,
    page: pages,
    editionOf: (ids, options) => editionOf(ids, options),
    importFiles: runImport,
    backup,
    startBackup,
    startRestoreBackup: (file, withDeleted) =>
      Promise.resolve(
        jobs.start('restore-backup', (run) =>
          library.restoreBackup(file, {
            ...run,
            withDeleted,
            onStored: (id) => emit({ type: 'bulletins-changed', ids: [id] }),
          }),
        ),
      ),
    verify: (onlyIds, run) => library.verify({ ...run, isRecorded: true, ...(onlyIds === null ? {} : { onlyIds }) }),
    close: () => (closing ??= closeAll()),
  }
  const holder = socket === null || library.readOnly ? null : await listenOrGoOn(app, socket, ports)
  return app
}

/** What a download of a bulletin's file is called; its name in the library where it has no other. */
async function nameOf(library: Pick<Library, 'get'>, id: string, file: string): Promise<string> {
  const attachment = (await library.get(id)).attachments.find((each) => each.file === file)
  return attachment === undefined ? file : safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
}

/** Without a socket other programs hear that the library is in use; this one works all the same. */
async function listenOrGoOn(app: App, socket: LocalSocket, { log }: Ports): Promise<AccessServer | null> {
  const { startServer: listenForCalls } = await import('./shared-access/server')
  return listenForCalls(app, socket).catch((thrown: unknown) => {
    log.warn('holder: takes no calls from other programs', thrown)
    return null
  })
}

async function openAs(
  access: AppOptions['access'],
  open: (access: 'write' | 'read') => Promise<Library>,
): Promise<Library> {
  if (access !== 'prefer-write') return open(access)
  try {
    return await open('write')
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'library-read-only') return open('read')
    throw thrown
  }
}

function createEvents(): { emit: (event: AppEvent) => void; on: App['on'] } {
  const listeners = new Set<(event: NumberedEvent) => void>()
  let number = 0
  return {
    emit(event) {
      number += 1
      for (const listener of listeners) listener({ number, event })
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
