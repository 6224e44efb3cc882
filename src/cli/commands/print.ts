import { dirname, resolve } from 'node:path'
import { editionPolicy } from '../../core/pages'
import { writeDurably } from '../../core/library/disk'
import { AppError } from '../../shared/errors'
import { type Command, textOption } from '../command'
import { answerOf } from './answer'
import { unknownId } from './show'

/** `bantin print ID… -o FILE.pdf`: the edition of these bulletins as PDF. */
export const command: Command = {
  options: { output: { type: 'string', short: 'o' }, template: { type: 'string' } },
  async run(context) {
    const output = textOption(context, 'output')
    const template = textOption(context, 'template') ?? 'a4'
    const ids = [...context.args]
    if (ids.length === 0 || output === undefined || template !== 'a4')
      throw new AppError('wrong-usage', 'print: usage', { reason: context.say('cli.print-usage') })
    const app = await context.open('read')
    for (const id of ids)
      await answerOf(app, 'getBulletin', { id }).catch((thrown: unknown) => {
        throw unknownId(thrown, id)
      })
    const { printPdf } = await import('../chromium')
    const { countPdfPages } = await import('../pdf-pages')
    const html = await app.editionOf(ids)
    const page = (path: string): Promise<Response | null> => app.page(path)
    const pdf = await printPdf({ html, policy: editionPolicy(html), page, signal: context.signal })
    const file = resolve(output)
    // Staged beside its place: a full disk or a crash leaves no half file under the name that was asked for.
    await writeDurably(dirname(file), file, pdf)
    const pages = countPdfPages(pdf)
    return {
      json: { files: [file], pages, bulletins: ids.length },
      lines: [context.say('cli.printed', { file, pages })],
    }
  },
}
