import type { AppEvent, ImportResult } from '../shared/api'
import { AppError } from '../shared/errors'
import type { ImportItem } from './collect/import'
import type { Uploads } from './collect/uploads'
import type { Handlers } from './dispatch'
import { createHostHandlers } from './host-handlers'
import type { Jobs, Run } from './jobs'
import type { Library } from './library/library'
import type { Ports } from './ports'
import type { SettingsKeeper } from './settings'

/** What the methods of the contract work with. */
export interface HandlerParts {
  ports: Ports
  library: Library
  settings: SettingsKeeper
  uploads: Uploads
  jobs: Jobs
  emit(event: AppEvent): void
  addSample(): Promise<string>
  runImport(items: readonly ImportItem[], run: Run): Promise<ImportResult>
  startBackup(file: string): Promise<string>
  maxImportBytes: number
}

/** One function per method of the contract. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { ports, library, settings, uploads, jobs, emit } = parts
  const moved = async (moving: Promise<string[]>): Promise<{ changed: string[] }> => {
    const changed = await moving
    if (changed.length > 0) emit({ type: 'bulletins-changed', ids: changed })
    return { changed }
  }
  return {
    ...createHostHandlers(ports, {
      count: async () => (await library.count()).all,
      readOnly: () => Promise.resolve(library.readOnly),
      startBackup: (file) => parts.startBackup(file),
    }),
    getHost: () => ({
      ...ports.host,
      libraryPath: ports.paths.library,
      readOnly: library.readOnly,
      maxImportBytes: parts.maxImportBytes,
    }),
    getSettings: () => settings.get(),
    async changeSettings(change) {
      const changed = await settings.change(change)
      emit({ type: 'settings-changed', settings: changed })
      return changed
    },

    listBulletins: ({ filter, offset, limit, order }) => library.list(filter, offset, limit, order),
    countBulletins: () => library.count(),
    searchBulletins: (asked) => library.search(asked),
    listGroups: () => library.groups(),
    getBulletin: ({ id }) => library.get(id),
    async getCapturedText({ id }) {
      const { captures } = await library.get(id)
      const first = captures[0]
      if (first === undefined) throw new AppError('file-not-found', 'captured text: no capture', { name: id })
      const bytes = await library.readFile(id, first.file.replace(/^files\//, ''))
      return { name: first.originalFileName ?? first.file, text: new TextDecoder().decode(bytes) }
    },
    listRevisions: ({ id }) => library.revisions(id),
    diffRevisions: ({ id, from, to }) => library.diff(id, from, to),
    async markBulletins({ ids, ...marking }) {
      const changed = await library.mark(ids, marking)
      if (changed.length > 0) emit({ type: 'status-changed', ids: changed })
      return { changed }
    },
    async keepPosition({ id, position }) {
      const entered = await library.keepPosition(id, position)
      if (entered) emit({ type: 'status-changed', ids: [id] })
      return {}
    },
    async setRepair({ id, repair, undone }) {
      const revision = await library.setRepair(id, repair, undone)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
    trashBulletins: ({ ids }) => moved(library.trash(ids)),
    restoreBulletins: ({ ids }) => moved(library.restore(ids)),
    emptyTrash: ({ ids }) => moved(library.emptyTrash(ids)),

    upload: async ({ name, bytes }) => ({ handle: await uploads.put(name, bytes) }),
    startImport({ handles }) {
      const items = uploads.take(handles)
      return { jobId: jobs.start('import', (run) => parts.runImport(items, run)) }
    },
    addSample: async () => ({ id: await parts.addSample() }),
    startReindex: () => ({
      jobId: jobs.start('reindex', async (run) => {
        const began = Date.now()
        const indexed = await library.reindex(run)
        emit({ type: 'bulletins-changed', ids: [] })
        return { indexed, ms: Date.now() - began }
      }),
    }),
    startVerify: ({ ids }) => ({
      jobId: jobs.start('verify', (run) => library.verify({ ...run, ...(ids == null ? {} : { onlyIds: ids }) })),
    }),
    getJob: ({ jobId }) => jobs.get(jobId),
    cancelJob({ jobId }) {
      jobs.cancel(jobId)
      return {}
    },

    openPrint: ({ ids }) => ports.openPrint(ids),
    savePdf: ({ ids }) => ports.savePdf(ids),
    openExternal({ url }) {
      if (!isExternalAddress(url)) throw new AppError('forbidden', 'open external: only http, https and mailto', {})
      return ports.openExternal(url)
    },
  }
}

/** Whether an address is one that may be opened outside: http, https or mailto. */
export function isExternalAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
}
