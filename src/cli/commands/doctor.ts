import { exists } from '../../core/files'
import { readHolder } from '../../core/library/lock/lock'
import { freeBytes } from '../../core/files'
import { version } from '../../shared/version'
import { type ErrorCode, toErrorShape } from '../../shared/errors'
import { type Command, type CommandContext, exitCodes } from '../command'
import { findChromium } from '../chromium/find-chromium'
import { callMethod } from '../../core/call-method'

/**
 * `bantin doctor`: shows which programs and folders Bản Tin finds on this machine, and how to install a missing
 * program.
 */
export const command: Command = {
  takesNoWords: true,
  options: {},
  async run(context) {
    const { paths } = context
    const chromium = findChromium(process.env, process.platform)
    const holder = await readHolder(paths.library)
    const { bulletins, problem } = await lookInto(context)
    const json = {
      version,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      library: { path: paths.library, exists: await exists(paths.library), bulletins, problem },
      heldBy: holder === null ? null : { program: holder.program, pid: holder.pid, host: holder.host },
      config: paths.config,
      freeBytes: await freeBytes(paths.library),
      chromium: { path: chromium.path, tried: chromium.tried },
    }
    const lines = [
      `Bản Tin ${version}, Node ${json.node}, ${json.platform}`,
      ...(bulletins === null ? [] : [context.say('cli.doctor-library', { path: paths.library, count: bulletins })]),
      ...(problem === null ? [] : [problem.message]),
      ...(holder === null ? [] : [context.say('error.library-locked', { ...json.heldBy })]),
      context.say('cli.doctor-config', { path: paths.config }),
      ...(json.freeBytes === null
        ? []
        : [context.say('cli.doctor-free', { gigabytes: Math.round(json.freeBytes / 1e8) / 10 })]),
      chromium.path === null
        ? context.say('error.no-chromium')
        : context.say('cli.doctor-chromium', { path: chromium.path }),
    ]
    if (problem !== null) return { json, lines, exit: exitCodes.someFailed }
    return { json, lines, exit: chromium.path === null ? exitCodes.missing : exitCodes.done }
  },
}

/**
 * Returns the number of bulletins, or the reason why the library cannot be opened. `doctor` must also work without a
 * usable library.
 */
async function lookInto(
  context: CommandContext,
): Promise<{ bulletins: number | null; problem: { code: ErrorCode; message: string } | null }> {
  try {
    const { all } = await callMethod(await context.open('read'), 'countBulletins', {})
    return { bulletins: all, problem: null }
  } catch (thrown) {
    const { code, details } = toErrorShape(thrown)
    if (code === 'internal') throw thrown
    return { bulletins: null, problem: { code, message: context.say(`error.${code}`, details) } }
  }
}
