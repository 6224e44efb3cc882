import { extname } from 'node:path'
import { AppError } from '../../../shared/errors'
import { type ExportFormat, exportFormats, exportKinds } from '../../../shared/export/export-formats'
import { type Command, exitCodes, isSet, textOption } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { resolveIds, resolveRevisions } from '../../options/bulletin-ids'
import { filterOptions } from '../../options/filter-options'
import { saveOutput } from '../../options/save-output'

/** `bantin export ID…|--query Q|--source S --format F -o FILE`: exports bulletins to files. */
export const command: Command = {
  options: {
    ...filterOptions,
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    'no-pictures': { type: 'boolean' },
    marks: { type: 'boolean' },
    'no-source': { type: 'boolean' },
    query: { type: 'string' },
    limit: { type: 'string' },
    revision: { type: 'string' },
  },
  async run(context) {
    const output = textOption(context, 'output')
    const format = formatOf(textOption(context, 'format'), output ?? '')
    if (output === undefined || format === null)
      throw new AppError('wrong-usage', 'export: usage', { reason: context.say('cli.export-usage') })
    const app = await context.open('read')
    const ids = await resolveIds(app, context, 'cli.export-usage')
    const revisions = await resolveRevisions(app, context, 'cli.export-usage')
    if (ids.length === 0)
      return {
        json: { files: [], bulletins: 0, leftOut: 0, failed: [] },
        lines: [context.say('cli.nothing-to-export')],
      }
    const options = {
      pictures: !isSet(context, 'no-pictures'),
      marks: isSet(context, 'marks'),
      sourceBox: !isSet(context, 'no-source'),
    }
    const { jobId } = await callMethod(app, 'startExport', { ids, revisions, format, options })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'export' || job.result === null) throw new AppError('cancelled', 'export: cancelled')
    const { files, bulletins, leftOut, failed } = job.result
    const paths = await saveOutput(app, output, files, context.signal)
    return {
      json: { files: paths, bulletins, leftOut, failed },
      lines: [
        ...paths.map((file) => context.say('cli.exported', { file })),
        ...(leftOut === 0 ? [] : [context.say('export.left-out', { count: leftOut })]),
        ...(failed.length === 0 ? [] : [context.say('export.failed', { count: failed.length })]),
        ...failed.map(({ id, code, details }) => `${id}: ${context.say(`error.${code}`, details)}`),
      ],
      exit: failed.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },
}

/**
 * Returns the format with the given name. Without a name, the extension of the file decides the format, and the default
 * is HTML. Returns null for an unknown name.
 */
function formatOf(name: string | undefined, output: string): ExportFormat | null {
  const ending = extname(output).slice(1).toLowerCase()
  const meant = exportFormats.find((format) => exportKinds[format].extension === ending) ?? 'html'
  return name === undefined ? meant : (exportFormats.find((format) => format === name) ?? null)
}
