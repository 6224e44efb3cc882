import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'
import type { PrintRunner } from './print-runner'

/** Creates the methods that make PDF files of bulletins and of the duplex test. */
export function createPrintHandlers(
  { jobs }: Pick<FeatureParts, 'jobs'>,
  { runPrint, runTurnTest }: PrintRunner,
): Pick<Handlers, 'startPrint' | 'startTurnTest'> {
  return {
    startPrint: (order) => ({ jobId: jobs.start('print', (run) => runPrint(order, run)) }),
    startTurnTest: () => ({ jobId: jobs.start('print', (run) => runTurnTest(run)) }),
  }
}
