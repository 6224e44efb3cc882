import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { type Command, type CommandContext, exitCodes, isSet } from '../command'
import type { App } from '../../core/app'
import type { RestoreResult } from '../../shared/api'
import { answerOf } from './answer'

/** `bantin restore-backup FILE`: merges a backup into the library. */
export const command: Command = {
  options: { 'with-deleted': { type: 'boolean' } },
  async run(context) {
    const [given, ...more] = context.args
    if (given === undefined || more.length > 0)
      throw new AppError('wrong-usage', 'restore-backup: one file', { reason: context.say('cli.restore-backup-usage') })
    const app = await context.open('write')
    const result = await restore(app, resolve(given), context)
    const failed = result.failed.map(({ path, code, details }) => ({
      path,
      code,
      message: context.say(`error.${code}`, details),
    }))
    for (const { path, message } of failed) context.note(`${path}: ${message}`)
    const counts = { ...result, failed: failed.length }
    return {
      json: { file: resolve(given), ...result, failed },
      lines: [
        context.say('cli.restored-backup', counts),
        ...(result.isWhole ? [] : [context.say('cli.backup-not-whole')]),
      ],
      exit: failed.length === 0 && result.isWhole ? exitCodes.done : exitCodes.someFailed,
    }
  },
}

/** Follows the job, which may run in another process, until it ends. */
async function restore(app: App, file: string, context: CommandContext): Promise<RestoreResult> {
  const jobId = await app.startRestoreBackup(file, isSet(context, 'with-deleted'))
  for (;;) {
    const job = await answerOf(app, 'getJob', { jobId })
    context.progress(job.done, job.total, job.current ?? '')
    if (job.error !== null) throw new AppError(job.error.code, job.error.message, job.error.details)
    if (job.kind === 'restore-backup' && job.result !== null) return job.result
    if (context.signal.aborted) await answerOf(app, 'cancelJob', { jobId })
    await sleep(50)
  }
}
