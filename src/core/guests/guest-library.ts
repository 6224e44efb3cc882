import type { Filter } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { picturesIn } from '../../shared/picture-types'
import { parseQuery } from '../../shared/search/search-query'
import type { Library } from '../library/library'
import { createRefusedWrites } from '../library/refused-writes'
import { toGuestBulletin, toGuestItem } from './guest-view'

/**
 * The search conditions that guests must not use, because their results would show what the user has read, starred,
 * labelled, filed or deleted.
 */
const privateConditions = [
  'unread',
  'starred',
  'started',
  'tag',
  'folder',
  'inTrash',
] as const satisfies (keyof Filter)[]

/**
 * Creates the library that guests (the clients of `serve --read-only`) see: the bulletins outside the trash, without
 * the user's status, notes, labels and folders. All features of a program for guests use this library, so that printed
 * and exported files are free of private data too. Methods that write, read stored pages or check the library throw
 * `forbidden`.
 */
export function createGuestLibrary(library: Library): Library {
  const refuse = (): Promise<never> => Promise.reject(new AppError('forbidden', 'library: not for guests'))
  /** Throws `bulletin-not-found` if the bulletin does not exist or is in the trash. */
  const requireVisible = async (id: string): Promise<void> => {
    if (await library.isInTrash(id)) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  }
  const visible = async <T>(id: string, read: () => Promise<T>): Promise<T> => {
    await requireVisible(id)
    return read()
  }
  return {
    readOnly: true,
    refusal: library.refusal,
    async list(filter, offset, limit, order) {
      requirePublicFilter(filter)
      const page = await library.list(filter, offset, limit, order)
      return { ...page, items: page.items.map(toGuestItem) }
    },
    async search(input) {
      requirePublicFilter(input.filter)
      // For guests no bulletin has a label, so a query for a label finds nothing.
      if (parseQuery(input.query).tag !== undefined) return { total: 0, isMore: false, spellings: [], items: [] }
      const result = await library.search(input)
      return { ...result, items: result.items.map((item) => ({ ...toGuestItem(item), snippet: item.snippet })) }
    },
    count: async () => ({ ...(await library.count()), unread: 0, starred: 0, started: 0, trash: 0 }),
    groups: async () => ({ sources: (await library.groups()).sources, tags: [], folders: [] }),
    get: (id, revision) => visible(id, async () => toGuestBulletin(await library.get(id, revision))),
    readFile: (id, name) =>
      visible(id, async () => {
        if (!(await isShownFile(library, id, name)))
          throw new AppError('file-not-found', `library: no file ${name} for guests`, { name })
        return library.readFile(id, name)
      }),
    isInTrash: (id) => library.isInTrash(id),
    revisions: (id) => visible(id, () => library.revisions(id)),
    diff: (id, from, to) => visible(id, () => library.diff(id, from, to)),
    async findDigest(prefix) {
      const found = await library.findDigest(prefix)
      const isHidden = found.id !== null && (await library.isInTrash(found.id))
      return isHidden
        ? { match: false, id: null, title: null, capturedAt: null, revision: null, isCurrent: false }
        : found
    },
    needsRecovery: () => false,
    batch: (work) => work(),
    sourceStore: library.sourceStore,
    wasSampleAdded: () => library.wasSampleAdded(),
    reindex: refuse,
    verify: refuse,
    readStoredPage: refuse,
    findTypedPage: refuse,
    findByOrigin: refuse,
    ...createRefusedWrites(refuse),
    close: () => library.close(),
  }
}

function requirePublicFilter(filter: Filter): void {
  const condition = privateConditions.find((each) => filter[each] !== undefined)
  if (condition !== undefined) throw new AppError('forbidden', `filter: guests may not use ${condition}`)
}

/**
 * Whether a revision of the bulletin shows this file as a picture or offers it as an attached file. Returns false for
 * received pages. They may contain what only the user was meant to see, such as the name of a logged-in user.
 */
async function isShownFile(library: Library, id: string, name: string): Promise<boolean> {
  const current = await library.get(id)
  if (current.captures.some(({ file }) => file === `files/${name}`)) return false
  const shows = ({ figures, attachments, bodyHtml }: typeof current): boolean =>
    figures.some(({ file }) => file === name) ||
    attachments.some(({ file }) => file === name) ||
    picturesIn(bodyHtml).includes(name)
  if (shows(current)) return true
  for (let revision = current.currentRevision - 1; revision >= 1; revision--)
    if (shows(await library.get(id, revision))) return true
  return false
}
