import type { ImportResult } from '../../shared/contract/results'
import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import { requireWritable } from '../library/require-writable'
import type { ImportItem, ImportRun } from './import-files'
import type { Uploads } from './uploads'

type ImportMethod = 'upload' | 'startImport' | 'startImportPaths' | 'addSample'

/** Creates the handlers of the methods that turn files of this machine, or bytes that a page sends, into bulletins. */
export function createImportHandlers(parts: FeatureParts & { uploads: Uploads }): Pick<Handlers, ImportMethod> {
  const { ports, library, jobs, emit, extract, runTask, uploads } = parts
  const checkWritable = (): void => requireWritable(library, ports.paths.library, 'import')
  const importAll = async (items: readonly ImportItem[], run: ImportRun): Promise<ImportResult> => {
    const { importFiles } = await import('./import-files')
    const onStored = (id: string): void => emit({ type: 'bulletins-changed', ids: [id] })
    return library.batch(() => importFiles(items, { ...run, library, extract, runTask, onStored }))
  }
  return {
    async upload({ name, bytes }) {
      checkWritable()
      return { handle: await uploads.put(name, bytes) }
    },
    startImport({ handles, encoding = 'auto' }) {
      checkWritable()
      const { items, release } = uploads.take(handles)
      return { jobId: jobs.start('import', (run) => importAll(items, { ...run, encoding }).finally(release)) }
    },
    startImportPaths({ paths, encoding = 'auto' }) {
      checkWritable()
      const jobId = jobs.start('import', async (run) => {
        const { findImportItems } = await import('./local-files')
        return importAll(await findImportItems(paths), { ...run, encoding })
      })
      return { jobId }
    },
    async addSample() {
      checkWritable()
      const { addSampleBulletin } = await import('./sample-bulletin')
      return { id: await addSampleBulletin(parts) }
    },
  }
}
