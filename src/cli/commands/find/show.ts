import { isId } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import { type Command, textOption } from '../../command'
import { callMethod } from '../../../core/call-method'

const formats = ['text', 'html', 'json']

/** `bantin show ID`: shows one bulletin as text, as clean HTML or as JSON. */
export const command: Command = {
  options: { format: { type: 'string' }, revision: { type: 'string' } },
  async run(context) {
    const [id, ...more] = context.args
    const format = textOption(context, 'format') ?? (context.json ? 'json' : 'text')
    const number = textOption(context, 'revision')
    const isNumber = number === undefined || /^[1-9]\d{0,5}$/.test(number)
    if (id === undefined || more.length > 0 || !formats.includes(format) || !isNumber)
      throw new AppError('wrong-usage', 'show: one id', { reason: context.say('cli.show-usage') })
    const app = await context.open('read')
    const bulletin = await callMethod(app, 'getBulletin', {
      id,
      ...(number === undefined ? {} : { revision: Number(number) }),
    }).catch((thrown: unknown) => {
      throw unknownId(thrown, id)
    })
    const { title, summary, author, publishedAt, source, bodyText, bodyHtml, figures } = bulletin
    const text = [
      [source.name ?? source.host, publishedAt].filter(Boolean).join(' · '),
      title,
      summary,
      ...figures.map(({ caption }) => (caption === null ? null : `[${caption}]`)),
      bodyText,
      author,
    ].filter((part) => part !== null && part !== '')
    const asText = format === 'html' ? bodyHtml : text.join('\n\n')
    return { json: bulletin, lines: [format === 'json' ? JSON.stringify(bulletin, null, 2) : asText] }
  },
}

/**
 * Turns the error `invalid-input` into `bulletin-not-found` if an argument does not look like an id. The details of the
 * new error contain the first such argument. For the user, any word that is not a known id is an unknown id.
 */
export function unknownId(thrown: unknown, ...ids: readonly string[]): unknown {
  if (!(thrown instanceof AppError && thrown.code === 'invalid-input')) return thrown
  const id = ids.find((each) => !isId(each))
  return id === undefined ? thrown : new AppError('bulletin-not-found', thrown.message, { id })
}
