import { AppError } from '../../../shared/errors'
import type { Command, CommandResult } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { openIfExists } from '../../options/open-if-exists'

/** `bantin reindex`: rebuilds the index from the documents. */
export const command: Command = {
  takesNoWords: true,
  options: {},
  async run(context) {
    const app = await openIfExists(context)
    const done = (result: { indexed: number; ms: number }): CommandResult => ({
      json: result,
      lines: [context.say('cli.reindexed', { count: result.indexed, ms: result.ms })],
    })
    if (app === null) return done({ indexed: 0, ms: 0 })
    const { jobId } = await callMethod(app, 'startReindex', {})
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'reindex' || job.result === null) throw new AppError('cancelled', 'reindex: cancelled')
    return done(job.result)
  },
}
