import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import type { ExportRunner } from './export-runner'

/** Creates the method that exports bulletins to files. */
export function createExportHandlers(
  { jobs }: Pick<FeatureParts, 'jobs'>,
  { runExport }: ExportRunner,
): Pick<Handlers, 'startExport'> {
  return { startExport: (order) => ({ jobId: jobs.start('export', (run) => runExport(order, run)) }) }
}
