import { join } from 'node:path'
import type { LibraryDocument } from './library-document'
import type { BackupOptions } from '../backup/write-backup'
import type { WriteContext } from './commit'
import { exists, makeFolder } from '../../files'

/** One step from a format of the library to the next. */
export interface Migration {
  from: string
  to: string
  /** Rewrites the documents, each as a change of its own; begun again after a crash it finishes what is left. */
  run(writing: WriteContext): Promise<void>
}

/** Every step there is, oldest first; 1.0 is the first format. */
export const migrations: readonly Migration[] = []

/** Where backups before migrations lie, below the library. */
export const backupsFolder = 'backups'

async function freeBackupName(root: string, { to }: Migration): Promise<string> {
  const name = `${backupsFolder}/before-${to.replace(/[^a-z0-9.]+/g, '-')}`
  for (let n = 1; ; n++) {
    const free = `${name}${n === 1 ? '' : `-${n}`}.bantin`
    if (!(await exists(join(root, free)))) return free
  }
}

/** What migrating needs beside the library. */
export interface MigrationOptions extends Pick<BackupOptions, 'program' | 'now'> {
  steps: readonly Migration[]
  /** Hears of each step that is done. */
  onMigrated(step: Migration, backup: string): void
}

/**
 * Brings a library of an older format to the newest, step by step. Before each a whole backup is written to `backups/`
 * and read back (FORMAT); only after it `library.json` names the new format. A step that is cut off is begun again by
 * the next writer; the backup that stands is kept, and another one made, since nobody knows what came in between.
 * Throws as {@link Migration.run}, backups and writes do.
 */
export async function migrate(
  writing: WriteContext,
  about: LibraryDocument,
  options: MigrationOptions,
): Promise<LibraryDocument> {
  const step = options.steps.find(({ from }) => from === about.format)
  if (step === undefined) return about
  const backup = await freeBackupName(writing.root, step)
  const { writeBackup } = await import('../backup/write-backup')
  await makeFolder(writing.root, join(writing.root, backupsFolder))
  await writeBackup(writing.root, join(writing.root, backup), options)
  await step.run(writing)
  const migrated = { ...about, format: step.to }
  await writing.writeDocument(join(writing.root, 'library.json'), migrated)
  options.onMigrated(step, backup)
  return migrate(writing, migrated, options)
}
