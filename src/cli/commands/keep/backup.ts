import { resolve } from 'node:path'
import { callMethod } from '../../../core/call-method'
import { waitForJob } from '../../../core/wait-for-job'
import { AppError } from '../../../shared/errors'
import { exists } from '../../../core/files'
import { type Command, exitCodes, isSet } from '../../command'

/**
 * `bantin backup FILE`: writes the whole library into one file. The command then reads the file and compares it with
 * the library.
 */
export const command: Command = {
  options: { force: { type: 'boolean' } },
  async run(context) {
    const [given, ...more] = context.args
    if (given === undefined || more.length > 0)
      throw new AppError('wrong-usage', 'backup: one file', { reason: context.say('cli.backup-usage') })
    if (!isSet(context, 'force') && (await exists(resolve(given)))) {
      const reason = context.say('cli.backup-exists', { file: resolve(given) })
      throw new AppError('wrong-usage', `backup: ${given} exists`, { reason })
    }
    const app = await context.open('read')
    const file = resolve(given)
    const { jobId } = await callMethod(app, 'startBackupTo', { file })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'backup' || job.result === null) throw new AppError('cancelled', 'backup: cancelled')
    const { bulletins, damagedPaths: damaged } = job.result
    return {
      json: { file, bulletins, damaged },
      lines: [
        context.say('cli.backed-up', { count: bulletins, file }),
        ...(damaged.length === 0 ? [] : [context.say('cli.backup-damaged', { count: damaged.length }), ...damaged]),
      ],
      exit: damaged.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },
}
