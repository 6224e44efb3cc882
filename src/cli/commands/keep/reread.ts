import { AppError } from '../../../shared/errors'
import { encodings } from '../../../shared/text/encodings'
import { type Command, textOption } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

/** `bantin reread ID --encoding E`: reads the stored page in another encoding and stores a new revision. */
export const command: Command = {
  options: { encoding: { type: 'string' } },
  async run(context) {
    const [id, ...more] = context.args
    const encoding = encodings.find((each) => each === textOption(context, 'encoding'))
    if (id === undefined || more.length > 0 || encoding === undefined)
      throw new AppError('wrong-usage', 'reread: usage', { reason: context.say('cli.reread-usage') })
    const app = await context.openExisting()
    const started = callMethod(app, 'startReread', { id, encoding })
    const job = await started
      .then(({ jobId }) => waitForJob(app, jobId, context.run))
      .catch((thrown: unknown) => {
        throw unknownId(thrown, id)
      })
    if (job.kind !== 'reread' || job.result === null) throw new AppError('cancelled', 'reread: cancelled')
    const { result } = job
    const sentence = result.changed ? 'cli.reread-changed' : 'cli.reread-same'
    return { json: result, lines: [context.say(sentence, { title: result.title, revision: result.revision })] }
  },
}
