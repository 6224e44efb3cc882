import { AppError } from '../../../shared/errors'
import type { Command, CommandResult } from '../../command'
import { followJob } from '../../wait-for-job'
import { answerOf } from '../../call-method'
import { openedOrNoted } from '../../options/open-if-exists'

/** `bantin reindex`: makes the index anew from the documents. */
export const command: Command = {
  takesNoWords: true,
  options: {},
  async run(context) {
    const app = await openedOrNoted(context)
    const done = (result: { indexed: number; ms: number }): CommandResult => ({
      json: result,
      lines: [context.say('cli.reindexed', { count: result.indexed, ms: result.ms })],
    })
    if (app === null) return done({ indexed: 0, ms: 0 })
    const { jobId } = await answerOf(app, 'startReindex', {})
    const job = await followJob(app, jobId, context)
    if (job.kind !== 'reindex' || job.result === null) throw new AppError('cancelled', 'reindex: cancelled')
    return done(job.result)
  },
}
