import { AppError } from '../../../shared/errors'
import { type Command, textOption } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { filterOptions } from '../../options/filter-options'
import { resolveIds, resolveRevisions } from '../../options/bulletin-ids'
import { printOptionsOf, printOptionNames } from '../../options/print-options'
import { saveOutput } from '../../options/save-output'

/** `bantin print ID…|--query Q|--source S -o FILE.pdf`: prints bulletins to PDF. */
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
    const ids = await resolveIds(app, context, 'cli.print-usage')
    const revisions = await resolveRevisions(app, context, 'cli.print-usage')
    if (ids.length === 0)
      return { json: { files: [], pages: 0, bulletins: 0, sheets: 0 }, lines: [context.say('cli.nothing-to-print')] }
    const { jobId } = await callMethod(app, 'startPrint', { ids, revisions, options, isPreview: false })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'print' || job.result === null) throw new AppError('cancelled', 'print: cancelled')
    const { pages, bulletins, sheets, files } = job.result
    const paths = await saveOutput(app, output, files, context.signal)
    return {
      json: { files: paths, pages, bulletins, sheets },
      lines: paths.map((file, at) => context.say('cli.printed', { file, pages: files[at]?.pages ?? 0 })),
    }
  },
}
