import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import type { FetchAddress } from '../fetch/fetch-result'
import { requireWritable } from '../library/require-writable'

/** Creates the handlers of the methods that download pages and the missing files of bulletins. */
export function createDownloadHandlers({
  ports,
  library,
  jobs,
  emit,
  extract,
  openFetch,
}: FeatureParts & { openFetch(): Promise<FetchAddress> }): Pick<Handlers, 'startAdd' | 'startFetchMissing'> {
  const onStored = (id: string): void => emit({ type: 'bulletins-changed', ids: [id] })
  return {
    startAdd({ urls, explain = false }) {
      requireWritable(library, ports.paths.library, 'add')
      return {
        jobId: jobs.start('add', async (run) => {
          const { downloadPages } = await import('./download-pages')
          const options = { library, fetchAddress: await openFetch(), extract, onStored, explain, ...run }
          return library.batch(() => downloadPages([...new Set(urls)], options))
        }),
      }
    },
    startFetchMissing({ ids }) {
      requireWritable(library, ports.paths.library, 'fetch missing files')
      return {
        jobId: jobs.start('fetch-missing', async (run) => {
          const { fetchMissingFiles } = await import('./missing-files')
          const { addMissingFiles } = await import('../reextract/reextract')
          return fetchMissingFiles(ids, {
            library,
            addFiles: (id, files) => addMissingFiles({ library, extract }, id, files),
            fetchAddress: await openFetch(),
            onStored,
            ...run,
          })
        }),
      }
    },
  }
}
