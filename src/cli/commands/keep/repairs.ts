import type { App } from '../../../core/app-interface'
import type { Bulletin, Repair } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { type Command, textOption } from '../../command'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

/**
 * `bantin repairs ID`: lists the repairs of a text. The option `--undo KIND` undoes repairs, and `--redo KIND` applies
 * these repairs again.
 */
export const command: Command = {
  options: { undo: { type: 'string' }, redo: { type: 'string' } },
  async run(context) {
    const [id, ...more] = context.args
    const [undo, redo] = [textOption(context, 'undo'), textOption(context, 'redo')]
    if (id === undefined || more.length > 0 || (undo !== undefined && redo !== undefined))
      throw new AppError('wrong-usage', 'repairs: usage', { reason: context.say('cli.repairs-usage') })
    const kind = undo ?? redo
    const app = await (kind === undefined ? context.open('read') : context.openExisting())
    if (kind !== undefined) await setAll(app, await bulletinOf(app, id), kind, undo !== undefined)
    const { repairs } = await bulletinOf(app, id)
    return {
      json: repairs,
      lines: repairs.map(({ kind: what, field, count, undone }) =>
        context.say(undone ? 'cli.repair-undone' : 'cli.repair', {
          kind: what,
          field: context.say(`ui.field-${field}`),
          count,
        }),
      ),
    }
  },
}

async function bulletinOf(app: App, id: string): Promise<Bulletin> {
  return callMethod(app, 'getBulletin', { id }).catch((thrown: unknown) => {
    throw unknownId(thrown, id)
  })
}

/**
 * Undoes or applies all repairs of one kind. Each change creates its own revision, so that the list of revisions shows
 * every step.
 */
async function setAll(app: App, { id, repairs }: Bulletin, kind: string, undone: boolean): Promise<void> {
  const meant: readonly Repair[] = repairs.filter((repair) => repair.kind === kind)
  if (meant.length === 0) throw new AppError('repair-not-found', `repairs: no ${kind}`, { kind })
  for (const { rule, field } of meant) await callMethod(app, 'setRepair', { id, repair: { kind, rule, field }, undone })
}
