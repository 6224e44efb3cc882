import { AppError } from '../../../shared/errors'
import { type Command, isSet, textOptions } from '../../command'
import { callMethod } from '../../../core/call-method'
import { unknownId } from '../find/show'

/** `bantin mark ID…`: changes the read state, the star, the tags and the folder of bulletins. */
export const command: Command = {
  options: {
    read: { type: 'boolean' },
    unread: { type: 'boolean' },
    star: { type: 'boolean' },
    unstar: { type: 'boolean' },
    tag: { type: 'string', multiple: true },
    untag: { type: 'string', multiple: true },
  },
  async run(context) {
    const chosen = (yes: string, no: string): boolean | undefined => {
      if (isSet(context, yes) && isSet(context, no))
        throw new AppError('wrong-usage', `mark: ${yes} and ${no}`, { reason: context.say('cli.mark-usage') })
      return isSet(context, yes) ? true : isSet(context, no) ? false : undefined
    }
    const read = chosen('read', 'unread')
    const starred = chosen('star', 'unstar')
    const [addTags, removeTags] = [textOptions(context, 'tag'), textOptions(context, 'untag')]
    const isNothing = read === undefined && starred === undefined && addTags.length + removeTags.length === 0
    if (context.args.length === 0 || isNothing)
      throw new AppError('wrong-usage', 'mark: nothing to do', { reason: context.say('cli.mark-usage') })
    const app = await context.openExisting()
    const ids = [...context.args]
    const { changed } = await callMethod(app, 'markBulletins', {
      ids,
      addTags,
      removeTags,
      ...(read === undefined ? {} : { read }),
      ...(starred === undefined ? {} : { starred }),
    }).catch((thrown: unknown) => {
      throw unknownId(thrown, ...ids)
    })
    return { json: { changed }, lines: [context.say('cli.marked', { count: changed.length })] }
  },
}
