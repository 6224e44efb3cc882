import { callMethod } from '../../../core/call-method'
import { waitForJob } from '../../../core/wait-for-job'
import { AppError } from '../../../shared/errors'
import { unknownId } from '../find/show'
import { type Command, exitCodes } from '../../command'

/** `bantin verify [ID…]`: hashes all files again and compares them with the manifests. */
export const command: Command = {
  options: {},
  async run(context) {
    const app = await context.open('read')
    const ids = context.args.length === 0 ? null : [...context.args]
    const { jobId } = await callMethod(app, 'startVerify', { ids }).catch((thrown: unknown) => {
      throw unknownId(thrown, ...context.args)
    })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'verify' || job.result === null) throw new AppError('cancelled', 'verify: cancelled')
    const { result } = job
    const sentence =
      result.damaged.length === 0
        ? context.say('cli.verified', { count: result.checked })
        : context.say('cli.damaged', { count: result.damaged.length, checked: result.checked })
    return {
      json: result,
      lines: [...result.damaged.map(({ file, problem }) => `${context.say(`problem.${problem}`)}: ${file}`), sentence],
      exit: result.damaged.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },
}
