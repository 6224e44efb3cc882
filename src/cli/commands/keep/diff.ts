import { AppError } from '../../../shared/errors'
import type { Command } from '../../command'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

const signs = { same: ['', ''], added: ['{+', '+}'], removed: ['[-', '-]'] } as const

/** `bantin diff ID [A] [B]`: shows word by word what changed from revision A to revision B. */
export const command: Command = {
  options: {},
  async run(context) {
    const [id, from, to, ...more] = context.args
    const numbers = [from, to].map((word) => (word === undefined ? undefined : Number(word)))
    const areNumbers = numbers.every((number) => number === undefined || (Number.isInteger(number) && number > 0))
    if (id === undefined || more.length > 0 || !areNumbers)
      throw new AppError('wrong-usage', 'diff: id and two numbers', { reason: context.say('cli.diff-usage') })
    const app = await context.open('read')
    const result = await callMethod(app, 'diffRevisions', {
      id,
      ...(numbers[0] === undefined ? {} : { from: numbers[0] }),
      ...(numbers[1] === undefined ? {} : { to: numbers[1] }),
    }).catch((thrown: unknown) => {
      throw unknownId(thrown, id)
    })
    const isSame = result.changes.every(({ kind }) => kind === 'same')
    const text = result.changes.map(({ kind, text: part }) => `${signs[kind][0]}${part}${signs[kind][1]}`).join('')
    return { json: result, lines: [isSame ? context.say('cli.no-changes') : text] }
  },
}
