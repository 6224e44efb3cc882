import type { BulletinText, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import type { Encoding } from '../../shared/text/encodings'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { Addition } from '../library/changes/addition'
import { withMissingReasons } from '../library/changes/create-revision'
import type { NewRevision } from '../library/changes/revise-bulletin'
import type { Library } from '../library/library'
import type { AdditionFile } from '../library/store/captures'
import type { StoredPage } from '../library/store/stored-page'
import { extractStoredPage } from './extract-stored-page'

/** The dependencies of re-extraction. */
export interface ReextractParts {
  library: Pick<Library, 'readPageForRevision' | 'revise'>
  extract(page: ReceivedPage): Promise<Extraction>
}

/**
 * The options for extracting a stored page again. If an option is absent, the option has the same value as in the
 * current revision.
 */
export interface ReextractChoices {
  encoding?: Encoding
  /** The repairs that the user has undone. */
  undone?: readonly RepairName[]
  /** The pictures and files that were missing until now. */
  files?: readonly AdditionFile[]
  /** Whether the text keeps everything that the page shows. */
  keepsAll?: boolean
}

/** A new revision of a stored page. The revision itself is not stored yet. */
export type RevisionDraft = Omit<NewRevision, 'baseRevision'>

/** The current revision after a re-extraction. */
export interface RevisedPage {
  number: number
  isChanged: boolean
}

/**
 * The maximum number of attempts to read a page. The page is read again if another revision was stored after the last
 * read.
 */
const maxAttempts = 5

/**
 * Reads a stored page, lets `draft` extract the page, and stores the result as a new revision. `draft` returns null if
 * nothing changes. If the bulletin got another revision during the extraction, the function starts again. Throws
 * `bulletin-not-found` and `bulletin-damaged`, and also every error of `draft` and of a write.
 */
export async function reviseStoredPage(
  library: ReextractParts['library'],
  id: string,
  draft: (page: StoredPage) => Promise<RevisionDraft | null>,
): Promise<RevisedPage> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const page = await library.readPageForRevision(id)
    const { number: baseRevision } = page.revision
    const revision = await draft(page)
    if (revision === null) return { number: baseRevision, isChanged: false }
    const number = await library.revise(id, { ...revision, baseRevision })
    if (number !== null) return { number, isChanged: true }
  }
  throw new AppError('write-failed', `re-extract ${id}: another revision came first ${maxAttempts} times`, { id })
}

/**
 * Extracts a stored page with the given options. For each file that is still missing, copies the reason from the
 * current revision.
 */
export async function extractWithChoices(
  page: StoredPage,
  { encoding = page.encoding, undone, files = [], keepsAll }: ReextractChoices,
  extract: ReextractParts['extract'],
): Promise<Addition> {
  const { bytes, name, address, declaredCharset, savedReferences, revision } = page
  const fresh = new Map(files.flatMap((file) => (file.address === null ? [] : [[file.address, file.bytes] as const])))
  const addition = await extractStoredPage(
    {
      ...{ bytes, name, address, declaredCharset, savedReferences, encoding },
      undone: undone ?? revision.repairs.filter((repair) => repair.undone),
      keepsAll: keepsAll ?? revision.keepsAll === true,
      readFileByAddress: async (wanted) => fresh.get(wanted) ?? (await page.readFileByAddress(wanted)),
    },
    extract,
  )
  return { ...addition, text: withMissingReasons(addition.text, revision) }
}

/** Tells whether two texts look the same to the user. */
export function isSameReading(a: BulletinText, b: BulletinText): boolean {
  const shownFields = (text: BulletinText): string => {
    const { title, summary, author, published, bodyHtml, figures, attachments, missing = [] } = text
    return JSON.stringify([title, summary, author, published.value, bodyHtml, figures, attachments, missing])
  }
  return shownFields(a) === shownFields(b)
}
