import { join } from 'node:path'
import { exists, makeFolder } from '../../files'
import type { WriteContext } from './commit'
import type { LibraryDocument } from './library-document'

/** A migration of a library from one format to the next. */
export interface Migration {
  from: string
  to: string
  /**
   * Rewrites the documents of the library, each as a separate change. If a crash interrupts the migration, it runs
   * again and rewrites the remaining documents.
   */
  run(writing: WriteContext): Promise<void>
}

/** Every migration, the oldest first. The list is empty, because 1.0 is the first format. */
export const migrations: readonly Migration[] = []

/** The folder, relative to the library, for the backups that are written before a migration. */
export const backupsFolder = 'backups'

/** The dependencies of a migration. */
export interface MigrationOptions {
  steps: readonly Migration[]
  /** Writes a backup of the library at `root` into a file and reads it back. */
  writeBackup(root: string, file: string): Promise<unknown>
  /**
   * Called after each migration. `backup` is the path of the backup that was written before the migration, relative to
   * the library.
   */
  onMigrated(step: Migration, backup: string): void
}

/**
 * Migrates a library to the newest format, one migration after the other.
 * Each migration begins with a complete backup in `backups/`. At its end, `library.json` gets the name of the new
 * format (`docs/format/library-1.md`). After a crash, the next writer makes a second backup and runs the migration
 * again. Both backups are kept, because other programs may have changed the library between them.
 * Throws the errors of {@link Migration.run}, of a backup and of a write.
 */
export async function migrate(
  writing: WriteContext,
  document: LibraryDocument,
  options: MigrationOptions,
): Promise<LibraryDocument> {
  const step = options.steps.find(({ from }) => from === document.format)
  if (step === undefined) return document
  const backup = await findFreeBackupName(writing.root, step)
  await makeFolder(writing.root, join(writing.root, backupsFolder))
  await options.writeBackup(writing.root, join(writing.root, backup))
  await step.run(writing)
  const migrated = { ...document, format: step.to }
  await writing.writeDocument(join(writing.root, 'library.json'), migrated)
  options.onMigrated(step, backup)
  return migrate(writing, migrated, options)
}

async function findFreeBackupName(root: string, { to }: Migration): Promise<string> {
  const name = `${backupsFolder}/before-${to.replace(/[^a-z0-9.]+/g, '-')}`
  for (let n = 1; ; n++) {
    const path = `${name}${n === 1 ? '' : `-${n}`}.bantin`
    if (!(await exists(join(root, path)))) return path
  }
}
