import { AppError } from '../../shared/errors'
import { parseVerificationCode } from '../../shared/print/verification-code'
import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import { freeBytes } from '../files'

type BulletinMethod =
  | 'listBulletins'
  | 'countBulletins'
  | 'getStorage'
  | 'searchBulletins'
  | 'listGroups'
  | 'getBulletin'
  | 'getCapturedText'
  | 'listRevisions'
  | 'diffRevisions'
  | 'markBulletins'
  | 'keepMarks'
  | 'keepPosition'
  | 'trashBulletins'
  | 'restoreBulletins'
  | 'emptyTrash'
  | 'checkCode'
  | 'getLibraryState'

/** Creates the handlers of the contract methods that list, find, read, mark and delete bulletins. */
export function createBulletinHandlers({
  ports,
  library,
  emit,
}: Pick<FeatureParts, 'ports' | 'library' | 'emit'>): Pick<Handlers, BulletinMethod> {
  const announce = async (
    change: Promise<string[]>,
    type: 'bulletins-changed' | 'status-changed' = 'bulletins-changed',
  ): Promise<{ changed: string[] }> => {
    const changed = await change.catch((thrown: unknown) => {
      // The event is sent even if the call failed, because the call may have changed some of the bulletins before. The
      // interface then loads the list again.
      if (!library.readOnly) emit({ type: 'bulletins-changed', ids: [] })
      throw thrown
    })
    if (changed.length > 0) emit({ type, ids: changed })
    return { changed }
  }
  return {
    getLibraryState: () => ({ readOnly: library.readOnly, isDiskFull: library.refusal === 'disk-full' }),
    listBulletins: ({ filter, offset, limit, order }) => library.list(filter, offset, limit, order),
    countBulletins: () => library.count(),
    async getStorage() {
      const { readLastVerify } = await import('./recovery/last-verify')
      const [{ all }, free, last] = await Promise.all([
        library.count(),
        freeBytes(ports.paths.library),
        readLastVerify(ports.paths.library),
      ])
      return { bulletins: all, freeBytes: free, lastVerify: last }
    },
    searchBulletins: (query) => library.search(query),
    listGroups: () => library.groups(),
    getBulletin: ({ id, revision }) => library.get(id, revision),
    async getCapturedText({ id }) {
      const { captures, decoding } = await library.get(id)
      const first = captures[0]
      if (first === undefined) throw new AppError('file-not-found', 'captured text: no capture', { name: id })
      const bytes = await library.readFile(id, first.file.replace(/^files\//, ''))
      const name = first.originalFileName ?? first.file
      const { decodeFile } = await import('../text/encoding/decode-file')
      return { name, text: decodeFile(bytes, name, { encoding: decoding?.chosen ?? 'auto' }).text }
    },
    listRevisions: ({ id }) => library.revisions(id),
    diffRevisions: ({ id, from, to }) => library.diff(id, from, to),
    markBulletins: ({ ids, ...change }) => announce(library.mark(ids, change), 'status-changed'),
    async keepMarks({ id, ...change }) {
      if (await library.keepMarks(id, change)) emit({ type: 'status-changed', ids: [id] })
      return {}
    },
    async keepPosition({ id, position }) {
      const hasChanged = await library.keepPosition(id, position)
      if (hasChanged) emit({ type: 'status-changed', ids: [id] })
      return {}
    },
    trashBulletins: ({ ids }) => announce(library.trash(ids)),
    restoreBulletins: ({ ids }) => announce(library.restore(ids)),
    emptyTrash: ({ ids }) => announce(library.emptyTrash(ids)),
    async checkCode({ code }) {
      const parsed = parseVerificationCode(code)
      if (parsed === null || parsed === 'wrong-check')
        throw new AppError('wrong-code', 'check code: mistyped', { code })
      return library.findDigest(parsed.prefix)
    },
  }
}
