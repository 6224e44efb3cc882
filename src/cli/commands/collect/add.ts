import type { AddResult } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import { parseTypedAddress } from '../../../core/fetch/url'
import { type Command, type CommandContext, exitCodes, isSet } from '../../command'
import { waitForJob } from '../../../core/wait-for-job'
import { callMethod } from '../../../core/call-method'

/**
 * `bantin add URL…`: downloads bulletins immediately. The option `--explain` lists the parts of each page that the
 * extraction left out, and the reasons.
 */
export const command: Command = {
  options: { explain: { type: 'boolean' }, 'accept-certificate': { type: 'boolean' } },
  async run(context) {
    if (context.args.length === 0)
      throw new AppError('wrong-usage', 'add: usage', { reason: context.say('cli.add-usage') })
    const explain = isSet(context, 'explain')
    const app = await context.open('write')
    if (isSet(context, 'accept-certificate')) {
      const { acceptedHosts } = await callMethod(app, 'getSettings', {})
      const hosts = context.args.map((url) => parseTypedAddress(url).hostname)
      await callMethod(app, 'changeSettings', { acceptedHosts: [...new Set([...acceptedHosts, ...hosts])] })
    }
    const { jobId } = await callMethod(app, 'startAdd', { urls: [...context.args], explain })
    const job = await waitForJob(app, jobId, context.run)
    if (job.kind !== 'add' || job.result === null) throw new AppError('internal', 'add: unexpected result')
    return resultOf(job.result, explain, context)
  },
}

function resultOf(
  result: AddResult,
  explain: boolean,
  context: CommandContext,
): { json: unknown; lines: string[]; exit: number } {
  const { added, revised, unchanged, explained } = result
  const failed = result.failed.map(({ url, code, details }) => ({
    url,
    code,
    message: context.say(`error.${code}`, details),
  }))
  const lines = (['added', 'revised', 'unchanged'] as const).flatMap((outcome) =>
    result[outcome].flatMap(({ id, title, url, missing, isOtherAddress }) => [
      `${context.say(`cli.${outcome}`)}  ${id}  ${title}`,
      ...(isOtherAddress === true ? [context.say('cli.other-address')] : []),
      ...(missing === 0 ? [] : [context.say('cli.missing', { count: missing })]),
      ...explained
        .filter((each) => each.url === url)
        .flatMap(({ removals }) =>
          removals.map((removal) =>
            context.say('cli.removal', { ...removal, reason: context.say(`removal.${removal.reason}`) }),
          ),
        ),
    ]),
  )
  for (const { url, code, message } of failed) {
    context.note(`${url}: ${message}`)
    if (code === 'page-of-links') context.note(context.say('cli.follow-hint', { url }))
  }
  return {
    json: { added, revised, unchanged, failed, ...(explain ? { explained } : {}) },
    lines: [...lines, context.say('cli.downloaded', { count: added.length + revised.length, failed: failed.length })],
    exit: failed.length === 0 ? exitCodes.done : exitCodes.someFailed,
  }
}
