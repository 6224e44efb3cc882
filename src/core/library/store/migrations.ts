import { join } from 'node:path'
import { exists, makeFolder } from '../../files'
import type { WriteContext } from './commit'
import type { LibraryDocument } from './library-document'

/** One step from a format of the library to the next. */
export interface Migration {
  from: string
  to: string
  /** Rewrites the documents, each as a separate change. After a crash it runs again and finishes the rest. */
  run(writing: WriteContext): Promise<void>
}

/** Every migration, oldest first. There is none yet, because 1.0 is the first format. */
export const migrations: readonly Migration[] = []

/** The folder below the library for backups that are written before a migration. */
export const backupsFolder = 'backups'

/** The dependencies of a migration. */
export interface MigrationOptions {
  steps: readonly Migration[]
  /** Writes a backup of the library at `root` into a file and reads it back. */
  writeBackup(root: string, file: string): Promise<unknown>
  /** Called after each step. `backup` is the path of its backup below the library. */
  onMigrated(step: Migration, backup: string): void
}

/**
 * Migrates a library of an older format to the newest, step by step. Each step begins with a complete backup in
 * `backups/`, and `library.json` names the new format only when the step is done (`docs/format/library-1.md`). After a
 * crash the next writer runs the step again with a new backup and keeps the first one, because other programs may have
 * changed the library in between. Throws the errors of {@link Migration.run}, of a backup and of a write.
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
