import { join } from 'node:path'
import { clearStaging } from '../files'
import type { LibraryOptions } from './library'
import { isDamage, type LibraryRecovery } from './recovery/recover'
import type { WriteContext } from './store/commit'
import type { LoggedEvent } from './store/journal'
import {
  createLibraryDocument,
  type LibraryDocument,
  readLibraryDocument,
  setAsideLibraryDocument,
} from './store/library-document'
import { backupsFolder, migrate, migrations } from './store/migrations'
import type { WriteQueue } from './write-queue'
import type { WriterState } from './writer-parts'

/** The content of `library.json`, read before the lock was taken. Null if the file is missing. */
export type FoundDocument = LibraryDocument | 'damaged' | null

/**
 * Reads `library.json` before anything is written. Throws `library-newer`. Throws `read-failed` if the disk can't read
 * the file. An unreadable file is not replaced, because a new file would give the library another id.
 */
export async function findLibraryDocument(root: string): Promise<FoundDocument> {
  return readLibraryDocument(root).catch((thrown: unknown) => {
    if (!isDamage(thrown)) throw thrown
    return 'damaged' as const
  })
}

/** The dependencies of {@link prepareLibrary}. */
export interface PrepareParts {
  found: FoundDocument
  writing: WriteContext
  state: WriterState
  /** Whether the last writer crashed. */
  hasCrashed: boolean
  queue: WriteQueue
  recovery: Pick<LibraryRecovery, 'recoverAll'>
  recordEvent(event: LoggedEvent): void
}

/**
 * Prepares a library whose lock was just taken. Clears the staging folder, in which an earlier writer may have left
 * unfinished files, replaces a missing or damaged `library.json`, and migrates an older format. Returns the content of
 * `library.json`. Throws the errors of writes and migrations.
 */
export async function prepareLibrary(
  { found, writing, state, hasCrashed, queue, recovery, recordEvent }: PrepareParts,
  { ports, migrations: steps = migrations }: LibraryOptions,
): Promise<LibraryDocument> {
  const { root, staging } = writing
  const { clock, program } = ports
  await clearStaging(staging)
  if (hasCrashed) await (await import('./backup/write-backup')).removeAbandonedParts(join(root, backupsFolder))
  if (found === 'damaged') await setAsideLibraryDocument(root)
  const document = (found === 'damaged' ? null : found) ?? (await createLibraryDocument(writing, clock()))
  if (!steps.some(({ from }) => from === document.format)) return document
  state.isMigrating = true
  if (!state.isRecovered) {
    await recovery.recoverAll({ exclusive: queue.enqueue })
    state.isRecovered = true
  }
  const { writeBackup } = await import('./backup/write-backup')
  return migrate(writing, document, {
    steps,
    writeBackup: (from, file) => writeBackup(from, file, { program, now: clock() }),
    onMigrated: ({ to }, backup) =>
      recordEvent({ type: 'migration', object: to, outcome: 'success', detail: `backup: ${backup}` }),
  })
}
