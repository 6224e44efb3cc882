import { callMethod } from '../../../core/call-method'
import { resolve } from 'node:path'
import { AppError } from '../../../shared/errors'
import { type Command, exitCodes, isSet } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'

/** `bantin restore-backup FILE`: merges a backup into the library. */
export const command: Command = {
  options: { 'with-deleted': { type: 'boolean' } },
  async run(context) {
    const [given, ...more] = context.args
    if (given === undefined || more.length > 0)
      throw new AppError('wrong-usage', 'restore-backup: one file', { reason: context.say('cli.restore-backup-usage') })
    const app = await context.open('write')
    const { jobId } = await callMethod(app, 'startRestoreBackup', {
      file: resolve(given),
      withDeleted: isSet(context, 'with-deleted'),
    })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'restore-backup' || job.result === null) throw new AppError('cancelled', 'restore: cancelled')
    const { result } = job
    const failed = result.failed.map(({ path, code, details }) => ({
      path,
      code,
      message: context.say(`error.${code}`, details),
    }))
    for (const { path, message } of failed) context.note(`${path}: ${message}`)
    const { asleep = 0 } = result
    const counts = { ...result, asleep, failed: failed.length }
    return {
      json: { file: resolve(given), ...result, failed },
      lines: [
        context.say('cli.restored-backup', counts),
        ...(asleep === 0 ? [] : [context.say('cli.sources-asleep', { count: asleep })]),
        ...(result.isWhole ? [] : [context.say('cli.backup-not-whole')]),
      ],
      exit: failed.length === 0 && result.isWhole ? exitCodes.done : exitCodes.someFailed,
    }
  },
}
