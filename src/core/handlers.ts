import type { AddResult, ExportResult, ImportResult, MissingResult, PrintResult } from '../shared/contract/api'
import { encodings } from '../shared/text/encodings'
import { AppError } from '../shared/errors'
import { parseVerificationCode } from '../shared/print/verification-code'
import { dayInVietnam } from '../shared/text/vietnam-time'
import type { ImportItem, ImportRun } from './import/import-files'
import type { Uploads } from './import/uploads'
import type { CheckedInput, Handlers } from './dispatch'
import type { Extraction, ReceivedPage } from './extract/extraction'
import { createHostHandlers } from './host-handlers'
import { getJobFiles, getPrintedFile, type Run } from './jobs'
import type { Ports } from './ports'
import type { SettingsStore } from './settings/settings'
import { createSourceHandlers, type SourceHandlerParts } from './source-handlers'
import { safeFileName } from './outputs/safe-file-name'

/** How much of a text is shown of each encoding. */
const sampleLength = 400

/** What the methods of the contract work with. */
export interface HandlerParts extends SourceHandlerParts {
  ports: Ports
  settings: SettingsStore
  uploads: Uploads
  addSample(): Promise<string>
  extract(page: ReceivedPage): Promise<Extraction>
  runImport(items: readonly ImportItem[], run: ImportRun): Promise<ImportResult>
  runAdd(urls: readonly string[], explain: boolean, run: Run): Promise<AddResult>
  runFetchMissing(ids: readonly string[], run: Run): Promise<MissingResult>
  runPrint(order: CheckedInput<'startPrint'>, run: Run): Promise<PrintResult>
  runTurnTest(run: Run): Promise<PrintResult>
  runExport(order: CheckedInput<'startExport'>, run: Run): Promise<ExportResult>
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
    exportSettings: () => ({
      name: `ban-tin-cai-dat-${dayInVietnam(ports.clock())}.json`,
      text: settings.exported(ports.clock()),
    }),
    async importSettings({ text }) {
      const imported = await settings.importText(text)
      emit({ type: 'settings-changed', settings: imported.settings })
      return imported
    },

    listBulletins: ({ filter, offset, limit, order }) => library.list(filter, offset, limit, order),
    countBulletins: () => library.count(),
    async getStorage() {
      const { freeBytes, readLastVerify: lastVerify } = await import('./library/recovery/last-verify')
      const [{ all }, free, last] = await Promise.all([
        library.count(),
        freeBytes(ports.paths.library),
        lastVerify(ports.paths.library),
      ])
      return { bulletins: all, freeBytes: free, lastVerify: last }
    },
    searchBulletins: (asked) => library.search(asked),
    listGroups: () => library.groups(),
    getBulletin: ({ id, revision }) => library.get(id, revision),
    async getCapturedText({ id }) {
      const { captures, decoding } = await library.get(id)
      const first = captures[0]
      if (first === undefined) throw new AppError('file-not-found', 'captured text: no capture', { name: id })
      const bytes = await library.readFile(id, first.file.replace(/^files\//, ''))
      const name = first.originalFileName ?? first.file
      const { decodeFile } = await import('./text/encoding/decode-file')
      return { name, text: decodeFile(bytes, name, { encoding: decoding?.chosen ?? 'auto' }).text }
    },
    listRevisions: ({ id }) => library.revisions(id),
    diffRevisions: ({ id, from, to }) => library.diff(id, from, to),
    async markBulletins({ ids, ...marking }) {
      const changed = await library.mark(ids, marking)
      if (changed.length > 0) emit({ type: 'status-changed', ids: changed })
      return { changed }
    },
    async keepMarks({ id, ...change }) {
      if (await library.keepMarks(id, change)) emit({ type: 'status-changed', ids: [id] })
      return {}
    },
    async keepPosition({ id, position }) {
      const entered = await library.keepPosition(id, position)
      if (entered) emit({ type: 'status-changed', ids: [id] })
      return {}
    },
    async prepareSpeech({ paragraphs }) {
      const { prepareSpeech } = await import('./text/speech/prepare-speech')
      return prepareSpeech(paragraphs)
    },
    async setRepair({ id, repair, undone }) {
      const revision = await library.setRepair(id, repair, undone)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
    async sampleEncoding({ id, encoding }) {
      const { keptFile: _keptFile, ...page } = await library.readStoredPage(id)
      const { text } = await parts.extract({ ...page, encoding })
      const beginning = [text.summary ?? '', text.bodyText].filter((part) => part !== '').join('\n')
      const { charset = 'utf-8', lost = 0 } = text.decoding ?? {}
      // A page may be Unicode and its letters not: what most of them were read in says more.
      const read = text.repairs.filter(({ kind }) => encodings.some((each) => each === kind))
      const most = read.toSorted((a, b) => b.count - a.count)[0]?.kind
      return { title: text.title, text: beginning.slice(0, sampleLength), charset: most ?? charset, lost }
    },
    startReread: ({ id, encoding }) => ({
      jobId: jobs.start('reread', async () => {
        const result = await library.reread(id, encoding)
        if (result.changed) emit({ type: 'bulletins-changed', ids: [id] })
        return result
      }),
    }),
    trashBulletins: ({ ids }) => moved(library.trash(ids)),
    restoreBulletins: ({ ids }) => moved(library.restore(ids)),
    emptyTrash: ({ ids }) => moved(library.emptyTrash(ids)),

    upload: async ({ name, bytes }) => ({ handle: await uploads.put(name, bytes) }),
    startImport({ handles, encoding = 'auto' }) {
      const { items, release } = uploads.take(handles)
      const work = (run: Run): Promise<ImportResult> => parts.runImport(items, { ...run, encoding }).finally(release)
      return { jobId: jobs.start('import', work) }
    },
    startAdd({ urls, explain = false }) {
      if (library.readOnly) throw new AppError('library-read-only', 'add: read-only', { path: ports.paths.library })
      return { jobId: jobs.start('add', (run) => parts.runAdd([...new Set(urls)], explain, run)) }
    },
    startFetchMissing({ ids }) {
      if (library.readOnly) throw new AppError('library-read-only', 'missing: read-only', { path: ports.paths.library })
      return { jobId: jobs.start('fetch-missing', (run) => parts.runFetchMissing(ids, run)) }
    },
    async reextractBulletin({ id }) {
      const revision = await library.reextract(id)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
    async openAttachment({ id, file }) {
      const { attachments } = await library.get(id)
      const attachment = attachments.find((each) => each.file === file)
      if (attachment === undefined) throw new AppError('file-not-found', 'attachment: not there', { name: file })
      const name = safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
      return ports.openAttachment({ id, file, name, read: () => library.readFile(id, file) })
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
      jobId: jobs.start('verify', (run) =>
        library.verify({ ...run, isRecorded: !library.readOnly, ...(ids == null ? {} : { onlyIds: ids }) }),
      ),
    }),
    getJob: ({ jobId }) => jobs.get(jobId),
    cancelJob({ jobId }) {
      jobs.cancel(jobId)
      return {}
    },

    ...createSourceHandlers(parts),
    startPrint: (order) => ({ jobId: jobs.start('print', (run) => parts.runPrint(order, run)) }),
    startExport: (order) => ({ jobId: jobs.start('export', (run) => parts.runExport(order, run)) }),
    startTurnTest: () => ({ jobId: jobs.start('print', (run) => parts.runTurnTest(run)) }),
    printFile: ({ jobId, file, copies }) => ports.printFile(getPrintedFile(jobs.get(jobId), file), copies),
    saveFiles: ({ jobId }) => ports.saveFiles(getJobFiles(jobs.get(jobId))),
    async checkCode({ code }) {
      const read = parseVerificationCode(code)
      if (read === null || read === 'wrong-check') throw new AppError('wrong-code', 'check: mistyped', { code })
      return library.findDigest(read.prefix)
    },
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
