import type { Handlers } from '../../dispatch'
import type { FeatureParts } from '../../feature'
import { requireWritable } from '../require-writable'

/**
 * Creates the handlers of the methods that write a backup to a file of this machine, and that merge a backup into the
 * library.
 */
export function createBackupHandlers({
  ports,
  library,
  jobs,
  emit,
}: Pick<FeatureParts, 'ports' | 'library' | 'jobs' | 'emit'>): Pick<Handlers, 'startBackupTo' | 'startRestoreBackup'> {
  return {
    startBackupTo: ({ file }) => ({
      jobId: jobs.start('backup', async (run) => {
        const { saveBackup } = await import('./save-backup')
        const options = { ...run, program: ports.program, now: ports.clock() }
        const { bulletins, damaged } = await saveBackup(ports.paths.library, file, options)
        return { bulletins, damaged: damaged.length, damagedPaths: damaged }
      }),
    }),
    startRestoreBackup({ file, withDeleted }) {
      requireWritable(library, ports.paths.library, 'restore backup')
      const jobId = jobs.start('restore-backup', async (run) => {
        const result = await library.restoreBackup(file, {
          ...run,
          withDeleted,
          onStored: (id) => emit({ type: 'bulletins-changed', ids: [id] }),
        })
        if (result.asleep !== undefined) emit({ type: 'sources-changed' })
        return result
      })
      return { jobId }
    },
  }
}
