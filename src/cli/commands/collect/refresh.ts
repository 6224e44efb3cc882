import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import { type Command, type CommandContext, type CommandResult, exitCodes, textOption } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { dayOption } from '../../options/day-option'
import { openIfExists } from '../../options/open-if-exists'

/**
 * `bantin refresh [SOURCE…]`: fetches new bulletins of all or some sources. Cron and the Task Scheduler can run this
 * command. An interrupted refresh resumes where it stopped.
 */
export const command: Command = {
  options: { since: { type: 'string' }, max: { type: 'string' } },
  async run(context) {
    const since = dayOption(context, 'since')
    const max = textOption(context, 'max')
    if (max !== undefined && !/^[1-9]\d{0,5}$/.test(max))
      throw new AppError('wrong-usage', 'refresh: bad --max', { reason: context.say('cli.bad-max') })
    const isNamed = context.args.length > 0
    const app = isNamed ? await context.openExisting() : await openIfExists(context)
    if (app === null) return { json: { sources: [] }, lines: [] }
    const sources = isNamed ? await idsOf(context, app) : null
    const { jobId, refreshId } = await callMethod(app, 'startRefresh', {
      sources,
      ...(since === undefined ? {} : { since }),
      ...(max === undefined ? {} : { max: Number(max) }),
    })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'refresh' || job.result === null) throw new AppError('cancelled', 'refresh: cancelled')
    // The stored refresh is read, because it lists all failures. The result of the job lists only the first failures.
    return resultOf(await callMethod(app, 'getRefresh', { refreshId }), context)
  },
}

/** Finds sources by id, name or address. Throws `source-not-found`. */
async function idsOf(context: CommandContext, app: Parameters<typeof callMethod>[0]): Promise<string[]> {
  const { sources } = await callMethod(app, 'listSources', {})
  return context.args.map((given) => {
    const found = sources.find(({ source }) => [source.id, source.name, source.url].includes(given))
    if (found !== undefined) return found.source.id
    throw new AppError('source-not-found', `refresh: no source ${given}`, { id: given })
  })
}

function resultOf(refresh: Refresh, context: CommandContext): CommandResult {
  const sources = refresh.sources.map((source) => {
    const { id, found, added, revised, unchanged, gone, bytes, state } = source
    const failed = source.failures.map(({ url, code, details }) => ({
      url,
      code,
      message: context.say(`error.${code}`, details),
    }))
    if (source.error !== null) {
      const { code, details } = source.error
      const url = typeof details['url'] === 'string' ? details['url'] : source.name
      failed.unshift({ url, code, message: context.say(`error.${code}`, details) })
    }
    return { id, found, added, revised, unchanged, failed, gone, bytes, state }
  })
  for (const { failed } of sources) for (const { url, message } of failed) context.note(`${url}: ${message}`)
  const lines = refresh.sources.map((source) =>
    context.say('cli.refreshed', {
      name: source.name,
      found: source.found,
      added: source.added,
      revised: source.revised,
      unchanged: source.unchanged,
      failed: source.failed,
      gone: source.gone,
    }),
  )
  const isPaused = refresh.state === 'paused'
  return {
    json: { sources },
    lines: isPaused ? [...lines, context.say('cli.refresh-paused')] : lines,
    exit: isPaused || sources.some(({ failed }) => failed.length > 0) ? exitCodes.someFailed : exitCodes.done,
  }
}
