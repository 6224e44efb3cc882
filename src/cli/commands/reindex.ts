import { AppError } from '../../shared/errors'
import type { Command } from '../command'
import { followJob } from '../follow-job'
import { answerOf } from './answer'

/** `bantin reindex`: makes the index anew from the documents. */
export const command: Command = {
  options: {},
  async run(context) {
    const app = await context.open('write')
    const { jobId } = await answerOf(app, 'startReindex', {})
    const job = await followJob(app, jobId, context)
    if (job.kind !== 'reindex' || job.result === null) throw new AppError('cancelled', 'reindex: cancelled')
    const { result } = job
    return { json: result, lines: [context.say('cli.reindexed', { count: result.indexed, ms: result.ms })] }
  },
}
