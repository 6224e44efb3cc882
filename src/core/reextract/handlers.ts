import { encodings } from '../../shared/text/encodings'
import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import { requireWritable } from '../library/require-writable'

type ReextractMethod = 'setRepair' | 'sampleEncoding' | 'startReread' | 'reextractBulletin'

/** The maximum length of the sample text that shows the page in an encoding, in characters. */
const maxSampleLength = 400

/** Creates the methods that extract a stored page again. */
export function createReextractHandlers(parts: FeatureParts): Pick<Handlers, ReextractMethod> {
  const { ports, library, extract, jobs, emit } = parts
  const checkWritable = (): void => requireWritable(library, ports.paths.library, 'extract again')
  return {
    async setRepair({ id, repair, undone }) {
      checkWritable()
      const { setRepair } = await import('./set-repair')
      const revision = await setRepair(parts, id, repair, undone)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
    async sampleEncoding({ id, encoding }) {
      const { bytes, name, address, declaredCharset, savedReferences } = await library.readStoredPage(id)
      const page = { bytes, name, address, declaredCharset, savedReferences, mayBeArchive: true }
      const { text } = await extract({ ...page, encoding })
      const beginning = [text.summary ?? '', text.bodyText].filter((part) => part !== '').join('\n')
      const { charset = 'utf-8', lost = 0 } = text.decoding ?? {}
      // A page in Unicode may contain text in a legacy font. For such a page, the result contains the legacy encoding
      // of most repaired letters, because `utf-8` would tell the user less.
      const decoded = text.repairs.filter(({ kind }) => encodings.some((each) => each === kind))
      const commonEncoding = decoded.toSorted((a, b) => b.count - a.count)[0]?.kind
      const shown = commonEncoding ?? charset
      return { title: text.title, text: beginning.slice(0, maxSampleLength), charset: shown, lost }
    },
    startReread({ id, encoding }) {
      checkWritable()
      const jobId = jobs.start('reread', async () => {
        const { redecodeBulletin } = await import('./redecode')
        const result = await redecodeBulletin(parts, id, encoding)
        if (result.changed) emit({ type: 'bulletins-changed', ids: [id] })
        return result
      })
      return { jobId }
    },
    async reextractBulletin({ id, keepsAll }) {
      checkWritable()
      const { reextractBulletin, setKeepsAll } = await import('./reextract')
      const revision =
        keepsAll === undefined ? await reextractBulletin(parts, id) : await setKeepsAll(parts, id, keepsAll)
      emit({ type: 'bulletins-changed', ids: [id] })
      return { revision }
    },
  }
}
