import { once } from 'node:events'
import { callMethod } from '../../core/call-method'
import { AppError } from '../../shared/errors'
import { type Command, isSet, textOption } from '../command'
import { openBrowser } from '../open-browser'
import { withServer } from '../serve/with-server'

/** `bantin serve`: serves the interface to a browser until Ctrl C. */
export const command: Command = {
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    open: { type: 'boolean' },
    'read-only': { type: 'boolean' },
  },
  async run(context) {
    const port = Number(textOption(context, 'port') ?? 0)
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || context.args.length > 0)
      throw new AppError('wrong-usage', 'serve: usage', { reason: context.say('cli.serve-usage') })
    const isForGuests = isSet(context, 'read-only')
    const options = {
      program: 'bantin serve',
      access: isForGuests ? 'read' : 'prefer-write',
      isForGuests,
      host: textOption(context, 'host') ?? '127.0.0.1',
      port,
    } as const
    await withServer(context, options, async (server, app) => {
      context.print(server.address)
      context.note(context.say('cli.serve-hint'))
      if ((await callMethod(app, 'getHost', {})).isDiskFull) context.note(context.say('cli.serve-disk-full'))
      const removePage = isSet(context, 'open') ? await openBrowser(server.createLoginAddress()) : null
      if (!context.signal.aborted) await once(context.signal, 'abort')
      await removePage?.()
    })
    return null
  },
}
