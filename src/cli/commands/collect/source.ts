import { readFile, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { App } from '../../../core/app-interface'
import { shareSavedFile } from '../../../core/file-access'
import type { Source } from '../../../shared/source'
import { AppError } from '../../../shared/errors'
import { type Command, type CommandContext, type CommandResult, exitCodes, textOption } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'
import { dayOption } from '../../options/day-option'

type Action = (given: readonly string[], context: CommandContext) => Promise<CommandResult>

/** `bantin source …`: lists, adds, checks, turns on and removes sources. */
export const command: Command = {
  options: { name: { type: 'string' }, every: { type: 'string' }, since: { type: 'string' } },
  async run(context) {
    const [word = '', ...given] = context.args
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined
    if (action === undefined || given.length !== (word === 'list' ? 0 : 1)) throw usage(context)
    return action(given, context)
  },
}

const actions: Readonly<Record<string, Action>> = {
  async add([url = ''], context) {
    const everyMinutes = minutesOf(context)
    const since = dayOption(context, 'since')
    const name = textOption(context, 'name')
    const app = await context.open('write')
    const found = await discovered(app, url, context)
    const channels = found.channels
      .filter(({ isChosen }) => isChosen)
      .map((channel) => ({ url: channel.url, kind: channel.kind }))
    const { kind, title } = found
    if (kind === 'bulletin' || kind === 'nothing' || channels.length === 0)
      throw new AppError('not-a-source', `source add ${url}: ${kind}`, { url })
    const chosenName = name ?? title?.slice(0, 300)
    const { source, isNew } = await callMethod(app, 'addSource', {
      url,
      kind,
      channels,
      ...(chosenName === undefined || chosenName === '' ? {} : { name: chosenName }),
      ...(everyMinutes === undefined ? {} : { everyMinutes }),
      ...(since === undefined ? {} : { since }),
    })
    return { json: { source }, lines: [context.say(isNew ? 'cli.source-added' : 'cli.source-known', namesOf(source))] }
  },

  async list(_given, context) {
    const app = await context.open('read')
    const { sources, damaged } = await callMethod(app, 'listSources', {})
    for (const file of damaged) context.note(context.say('error.source-damaged', { file }))
    return {
      json: sources.map(({ source, kept, missing }) => ({ ...source, kept, missing })),
      lines: [
        ...sources.map(
          ({ source, kept }) =>
            `${source.id}  ${String(kept).padStart(6)}  ${source.name}  ${source.url}${source.isAsleep === true ? `  ${context.say('cli.source-asleep')}` : ''}`,
        ),
        context.say('cli.source-count', { count: sources.length }),
      ],
      exit: damaged.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },

  async check([idOrUrl = ''], context) {
    const app = await context.open('read')
    const { jobId } = await callMethod(
      app,
      'startCheckSource',
      isSourceId(idOrUrl) ? { id: idOrUrl } : { url: idOrUrl },
    )
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'check-source' || job.result === null) throw new AppError('cancelled', 'source check: cancelled')
    const { kind, entries } = job.result
    return {
      json: { kind, entries },
      lines: [
        ...entries.map(
          ({ url, title, publishedAt }) => `${(publishedAt ?? '').slice(0, 10).padEnd(10)}  ${title ?? ''}  ${url}`,
        ),
        context.say('cli.source-found', { count: entries.length, kind }),
      ],
    }
  },

  /** Turns on a source that came with a backup or with somebody else's library. Such a source is off at first. */
  async wake([id = ''], context) {
    const app = await context.openExisting()
    if (!isSourceId(id)) throw new AppError('source-not-found', `source wake ${id}`, { id })
    const everyMinutes = minutesOf(context)
    const source = await callMethod(app, 'changeSource', {
      id,
      isAsleep: false,
      ...(everyMinutes === undefined ? {} : { everyMinutes }),
    })
    const lines = [context.say('cli.source-woken', { ...namesOf(source), url: source.url })]
    return { json: { source }, lines }
  },

  async remove([id = ''], context) {
    const app = await context.openExisting()
    if (!isSourceId(id)) throw new AppError('source-not-found', `source remove ${id}`, { id })
    const { sources } = await callMethod(app, 'listSources', {})
    await callMethod(app, 'removeSource', { id })
    const name = sources.find(({ source }) => source.id === id)?.source.name ?? id
    return { json: { removed: id }, lines: [context.say('cli.source-removed', { name })] }
  },

  async import([file = ''], context) {
    const text = await readFile(resolve(file), 'utf8').catch((cause: unknown) => {
      throw new AppError('unreadable', `source import: ${file}`, { name: basename(file) }, { cause })
    })
    const app = await context.open('write')
    const { added, known, unreadable } = await callMethod(app, 'importSources', { text })
    for (const title of unreadable) context.note(context.say('error.bad-address', { url: title }))
    const counts = { added: added.length, known, unreadable: unreadable.length }
    return {
      json: { added, known, unreadable },
      lines: [context.say('cli.sources-imported', counts)],
      exit: unreadable.length === 0 ? exitCodes.done : exitCodes.someFailed,
    }
  },

  async export([file = ''], context) {
    const app = await context.open('read')
    const { sources } = await callMethod(app, 'listSources', {})
    const { text } = await callMethod(app, 'exportSources', {})
    await writeFile(resolve(file), text, { flag: 'wx' }).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new AppError('wrong-usage', `source export: ${reason}`, { reason }, { cause })
    })
    await shareSavedFile(resolve(file))
    return {
      json: { file: resolve(file), sources: sources.length },
      lines: [context.say('cli.sources-exported', { count: sources.length, file })],
    }
  },
}

async function discovered(
  app: App,
  url: string,
  context: CommandContext,
): Promise<NonNullable<Extract<Awaited<ReturnType<typeof waitForJob>>, { kind: 'discover' }>['result']>> {
  const { jobId } = await callMethod(app, 'startDiscover', { url })
  const job = await waitForJob(app, jobId, context.run)
  if (job.kind !== 'discover' || job.result === null) throw new AppError('cancelled', 'source add: cancelled')
  return job.result
}

const minutesIn: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 }

/** Returns the interval of `--every` in minutes. Returns null for `off`, and undefined if the option is not given. */
function minutesOf(context: CommandContext): number | null | undefined {
  const every = textOption(context, 'every')
  if (every === undefined) return undefined
  if (every === 'off') return null
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(every) ?? []
  const minutes = Number(count) * (minutesIn[unit] ?? Number.NaN)
  if (Number.isInteger(minutes) && minutes >= 5 && minutes <= 525_600) return minutes
  throw new AppError('wrong-usage', 'source: bad --every', { reason: context.say('cli.bad-every') })
}

function isSourceId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{16}$/.test(text)
}

function namesOf({ id, name }: Source): { id: string; name: string } {
  return { id, name }
}

function usage(context: CommandContext): AppError {
  return new AppError('wrong-usage', 'source: usage', { reason: context.say('cli.source-usage') })
}
