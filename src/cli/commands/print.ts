import { statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { freePath, saveFiles } from '../../core/print/save-files'
import type { PrintResult } from '../../shared/api'
import { AppError } from '../../shared/errors'
import type { App } from '../../core/app'
import { type Command, textOption } from '../command'
import { followJob } from '../follow-job'
import { answerOf } from './answer'
import { filterOptions } from './filters'
import { chosenIds } from './chosen-ids'
import { printOptionsOf, printOptionNames } from './print-options'
import { unknownId } from './show'

/** `bantin print ID…|--query Q|--source S -o FILE.pdf`: these bulletins as PDF. */
export const command: Command = {
  options: {
    ...filterOptions,
    ...printOptionNames,
    output: { type: 'string', short: 'o' },
    query: { type: 'string' },
    limit: { type: 'string' },
  },
  async run(context) {
    const output = textOption(context, 'output')
    const options = printOptionsOf(context)
    if (output === undefined || options === null)
      throw new AppError('wrong-usage', 'print: usage', { reason: context.say('cli.print-usage') })
    const app = await context.open('read')
    const ids = await chosenIds(app, context, 'cli.print-usage')
    if (ids.length === 0)
      return { json: { files: [], pages: 0, bulletins: 0, sheets: 0 }, lines: [context.say('cli.nothing-to-print')] }
    for (const id of context.args)
      await answerOf(app, 'getBulletin', { id }).catch((thrown: unknown) => {
        throw unknownId(thrown, id)
      })
    const { jobId } = await answerOf(app, 'startPrint', { ids, options, isPreview: false })
    const job = await followJob(app, jobId, context)
    if (job.kind !== 'print' || job.result === null) throw new AppError('cancelled', 'print: cancelled')
    const { pages, bulletins, sheets, files } = job.result
    const paths = await pathsOf(output, files)
    await saveFiles(
      files.map((file, at) => ({ path: paths[at] ?? '', read: () => bytesOf(app, file.path) })),
      context.signal,
    )
    return {
      json: { files: paths, pages, bulletins, sheets },
      lines: paths.map((file, at) => context.say('cli.printed', { file, pages: files[at]?.pages ?? 0 })),
    }
  },
}

/**
 * Where the files go: one under the name that was asked for, several beside each other with what sets them apart; in
 * a folder each under its own name, which never takes the place of another.
 */
async function pathsOf(output: string, files: PrintResult['files']): Promise<string[]> {
  const target = resolve(output)
  if (isFolder(output, target)) {
    const paths: string[] = []
    for (const { name } of files) paths.push(await freePath(join(target, name)))
    return paths
  }
  if (files.length === 1) return [target]
  const ending = extname(target)
  const names = files.map(({ name }) => name.slice(0, -extname(name).length))
  const common = commonStart(names)
  return names.map((name) => join(dirname(target), `${basename(target, ending)} - ${name.slice(common)}${ending}`))
}

/** How long the beginning is that all names have, to the last " - " in it. */
function commonStart(names: readonly string[]): number {
  const [first = ''] = names
  let length = 0
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1
  return first.lastIndexOf(' - ', length) + 3
}

function isFolder(given: string, target: string): boolean {
  if (/[/\\]$/.test(given)) return true
  try {
    return statSync(target).isDirectory()
  } catch {
    return false // not there, or no name for anything: saving says which
  }
}

async function bytesOf(app: App, path: string): Promise<Uint8Array> {
  const page = await app.page(path)
  if (page === null) throw new AppError('file-not-found', `print: ${path} is no longer kept`, { name: path })
  return new Uint8Array(await page.arrayBuffer())
}
