import { AppError } from '../../../shared/errors'
import { type Command, textOption } from '../../command'
import { followJob } from '../../wait-for-job'
import { answerOf } from '../../call-method'
import { filterOptions } from '../../options/filter-options'
import { chosenIds, namedRevisions } from '../../options/bulletin-ids'
import { printOptionsOf, printOptionNames } from '../../options/print-options'
import { saveMade } from '../../options/save-output'

/** `bantin print ID…|--query Q|--source S -o FILE.pdf`: these bulletins as PDF. */
export const command: Command = {
  options: {
    ...filterOptions,
    ...printOptionNames,
    output: { type: 'string', short: 'o' },
    query: { type: 'string' },
    limit: { type: 'string' },
    revision: { type: 'string' },
  },
  async run(context) {
    const output = textOption(context, 'output')
    const options = printOptionsOf(context)
    if (output === undefined || options === null)
      throw new AppError('wrong-usage', 'print: usage', { reason: context.say('cli.print-usage') })
    const app = await context.open('read')
    const ids = await chosenIds(app, context, 'cli.print-usage')
    const revisions = await namedRevisions(app, context, 'cli.print-usage')
    if (ids.length === 0)
      return { json: { files: [], pages: 0, bulletins: 0, sheets: 0 }, lines: [context.say('cli.nothing-to-print')] }
    const { jobId } = await answerOf(app, 'startPrint', { ids, revisions, options, isPreview: false })
    const job = await followJob(app, jobId, context)
    if (job.kind !== 'print' || job.result === null) throw new AppError('cancelled', 'print: cancelled')
    const { pages, bulletins, sheets, files } = job.result
    const paths = await saveMade(app, output, files, context.signal)
    return {
      json: { files: paths, pages, bulletins, sheets },
      lines: paths.map((file, at) => context.say('cli.printed', { file, pages: files[at]?.pages ?? 0 })),
    }
  },
}
