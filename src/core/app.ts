import type { LibraryMethod } from '../shared/contract/method-routes'
import type { App, AppOptions } from './app-interface'
import { createDispatch, type Handlers } from './dispatch'
import { createDownloadHandlers } from './download/handlers'
import { createEvents } from './events'
import { createExportHandlers } from './export/handlers'
import { createExportRunner, limitExporting } from './export/export-runner'
import { createPageExtractor } from './extract/page-extractor'
import type { FeatureParts } from './feature'
import { createNetwork } from './fetch/network'
import { createFollowHandlers } from './follow/handlers'
import { createLazyRefreshService } from './follow/lazy-refresh-service'
import { createGuestLibrary } from './guests/guest-library'
import { createOutputLimits, maxGuestBulletins } from './guests/output-limits'
import { joinHost } from './host/join-host'
import { createImportHandlers } from './import/handlers'
import { offerSampleBulletin } from './import/sample-bulletin'
import { createUploads } from './import/uploads'
import { createJobHandlers, createJobs } from './jobs'
import { createBackupHandlers } from './library/backup/handlers'
import { createBulletinHandlers } from './library/handlers'
import { createRecoveryHandlers, startRecovery } from './library/recovery/handlers'
import { attachmentName } from './media/attachment-name'
import { createGeneratedFiles } from './outputs/generated-files'
import { createMemoryFiles } from './outputs/memory-files'
import { createPages } from './pages'
import { createParsing } from './parsing/create-parsing'
import type { Ports } from './ports'
import { createEditionPage } from './print/edition-page'
import { createPrintHandlers } from './print/handlers'
import { createPrintRunner, limitPrinting } from './print/print-runner'
import { createReextractHandlers } from './reextract/handlers'
import { createGuestSettings } from './settings/guest-settings'
import { createSettingsHandlers } from './settings/handlers'
import { openSettings } from './settings/settings'
import { openLibraryAccess } from './shared-access/open-library-access'
import { removeSocket } from './shared-access/socket'
import { createSpeechHandlers } from './text/speech/handlers'

/**
 * Opens the library and creates the whole program for one host. Throws `library-locked`, `library-newer`,
 * `library-read-only`. Use {@link ./shared-access/open-or-join.openOrJoin} if another process may hold the library.
 */
export async function createApp(ports: Ports, options: AppOptions): Promise<App> {
  return joinHost(ports, await createLibraryApp(ports, options))
}

/**
 * Opens the library and combines the methods of all features that need the library. The methods that the host answers
 * are not included. Throws the same errors as {@link createApp}.
 */
export async function createLibraryApp(ports: Ports, options: AppOptions): Promise<App> {
  const parsing = createParsing(options.workers?.parsing ?? null)
  const extract = createPageExtractor(ports, parsing.run)
  const { library: opened, socket } = await openLibraryAccess(options.access, {
    ports: { ...ports, root: ports.paths.library, cache: ports.paths.cache, config: ports.paths.config },
    extractAgain: async (page) => {
      const { extractStoredPage } = await import('./reextract/extract-stored-page')
      return extractStoredPage(page, extract)
    },
    recovery: options.recovery ?? 'first',
    runTask: parsing.run,
    indexWorker: options.workers?.index ?? null,
  })
  const isForGuests = options.isForGuests ?? false
  const library = isForGuests ? createGuestLibrary(opened) : opened
  const ownSettings = await openSettings(ports)
  const settings = isForGuests ? createGuestSettings(ownSettings) : ownSettings
  const { emit, on } = createEvents()
  const jobs = createJobs((job) => emit({ type: 'job-changed', job }))
  const parts: FeatureParts = { ports, library, settings, jobs, emit, extract, runTask: parsing.run }

  const isAccepted = async (host: string): Promise<boolean> => (await settings.flush()).acceptedHosts.includes(host)
  const network = createNetwork(ports, isAccepted, options.polite)
  const following = createLazyRefreshService(parts, network, options.followsSchedules === true && !library.readOnly)
  const uploads = createUploads()
  const generated = isForGuests ? createMemoryFiles() : createGeneratedFiles()
  const outputs = {
    ports,
    settings,
    prints: generated,
    get: (id: string, revision?: number) => library.get(id, revision),
    readFile: (id: string, name: string) => library.readFile(id, name),
    mediaPath: (id: string, file: string) => `/media/${id}/${file}`,
  }
  const page = createPages({
    interfaceFolder: ports.paths.interface,
    openFile: async (id, file) => ({
      bytes: await library.readFile(id, file),
      name: attachmentName(await library.get(id), file),
    }),
    editionOf: createEditionPage(outputs),
    readPrint: (key, file) => generated.read(key, file),
    readEdition: (key, file) => generated.readEdition(key, file),
    maxEditionBulletins: isForGuests ? maxGuestBulletins : Infinity,
  })
  const printing = createPrintRunner({ ...outputs, page })
  const exporting = createExportRunner({ ...outputs, page })
  const limits = isForGuests ? createOutputLimits(library) : null

  const handlers: Pick<Handlers, LibraryMethod> = {
    ...createSettingsHandlers(parts),
    ...createBulletinHandlers(parts),
    ...createRecoveryHandlers(parts),
    ...createBackupHandlers(parts),
    ...createImportHandlers({ ...parts, uploads }),
    ...createDownloadHandlers({ ...parts, openFetch: network.openFetch }),
    ...createReextractHandlers(parts),
    ...createFollowHandlers({ ...parts, openRefreshService: following.open }),
    ...createPrintHandlers(parts, limits === null ? printing : limitPrinting(printing, limits)),
    ...createExportHandlers(parts, limits === null ? exporting : limitExporting(exporting, limits)),
    ...createSpeechHandlers(),
    ...createJobHandlers(jobs),
  }
  if (options.offerSample && !isForGuests) await offerSampleBulletin(parts)
  if (library.needsRecovery()) startRecovery(parts)
  following.start()

  let closing: Promise<void> | null = null
  const app: App = {
    call: createDispatch(handlers, ports.log),
    on,
    page,
    close: () => (closing ??= close()),
  }
  // The server is imported on demand. The server loads node:http and node:crypto, which a command that only reads does
  // not need.
  const server =
    socket === null || library.readOnly
      ? null
      : await (await import('./shared-access/server')).serveOrWarn(app, socket, ports)
  return app

  async function close(): Promise<void> {
    await server?.close()
    if (socket !== null) await removeSocket(socket, process.platform)
    await following.close()
    await jobs.close()
    await parsing.close()
    await printing.closePrinting()
    await uploads.close()
    await generated.close()
    await library.close()
  }
}
