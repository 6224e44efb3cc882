import type { ImportResult } from '../../../shared/contract/api'
import { encodings } from '../../../shared/text/encodings'
import { AppError } from '../../../shared/errors'
import { type Command, exitCodes, textOption } from '../../command'
import { importPaths } from '../../../core/import/import-paths'

/** `bantin import PATH…`: imports files and folders. */
export const command: Command = {
  options: { encoding: { type: 'string' } },
  async run(context) {
    const given = textOption(context, 'encoding') ?? 'auto'
    const encoding = encodings.find((each) => each === given)
    if (context.args.length === 0 || encoding === undefined)
      throw new AppError('wrong-usage', 'import: usage', { reason: context.say('cli.import-usage') })
    const app = await context.open('write')
    const result = await importPaths(app, context.args, { ...context.run, encoding })
    const { added, revised, unchanged } = result
    const failed = result.failed.map(({ path, code, details }) => ({
      path,
      code,
      message: context.say(`error.${code}`, details),
    }))
    const lines = (['added', 'revised', 'unchanged'] as const).flatMap((outcome: keyof Omit<ImportResult, 'failed'>) =>
      result[outcome].map(({ id, title }) => `${context.say(`cli.${outcome}`)}  ${id}  ${title}`),
    )
    for (const { path, message } of failed) context.note(`${path}: ${message}`)
    return {
      json: { added, revised, unchanged, failed },
      lines: [...lines, context.say('cli.imported', { count: added.length + revised.length, failed: failed.length })],
      exit: failed.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },
}
