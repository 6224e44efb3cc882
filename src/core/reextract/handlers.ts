import { encodings } from '../../shared/text/encodings'
import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'

type ReextractMethod = 'setRepair' | 'sampleEncoding' | 'startReread' | 'reextractBulletin'

/** How many characters of a text are shown as a sample of an encoding. */
const sampleLength = 400

/** The methods that extract a stored page again. */
export function createReextractHandlers({
  library,
  jobs,
  emit,
  extract,
}: Pick<FeatureParts, 'library' | 'jobs' | 'emit' | 'extract'>): Pick<Handlers, ReextractMethod> {
  return {
    async setRepair({ id, repair, undone }) {
      const revision = await library.setRepair(id, repair, undone)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
    async sampleEncoding({ id, encoding }) {
      const { keptFile: _keptFile, ...page } = await library.readStoredPage(id)
      const { unpackPage } = await import('../import/unpack-page')
      const { text } = await extract({ ...unpackPage(page).page, encoding })
      const start = [text.summary ?? '', text.bodyText].filter((part) => part !== '').join('\n')
      const { charset = 'utf-8', lost = 0 } = text.decoding ?? {}
      // The file may be Unicode while its letters are in an old encoding. The most frequent repair names that encoding.
      const read = text.repairs.filter(({ kind }) => encodings.some((each) => each === kind))
      const mostFrequent = read.toSorted((a, b) => b.count - a.count)[0]?.kind
      return { title: text.title, text: start.slice(0, sampleLength), charset: mostFrequent ?? charset, lost }
    },
    startReread: ({ id, encoding }) => ({
      jobId: jobs.start('reread', async () => {
        const result = await library.reread(id, encoding)
        if (result.changed) emit({ type: 'bulletins-changed', ids: [id] })
        return result
      }),
    }),
    async reextractBulletin({ id }) {
      const revision = await library.reextract(id)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
  }
}
