import { statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { App } from '../../core/app-interface'
import type { GeneratedFile } from '../../core/ports'
import { freePath, saveFiles } from '../../core/outputs/save-files'
import { AppError } from '../../shared/errors'

/**
 * Saves the files of a job to the path of the option `-o`. Returns the paths of the saved files. Throws the errors of
 * {@link saveFiles}.
 */
export async function saveOutput(
  app: App,
  output: string,
  files: readonly GeneratedFile[],
  signal: AbortSignal,
): Promise<string[]> {
  const paths = await pathsOf(output, files)
  await saveFiles(
    files.map((file, at) => ({ path: paths[at] ?? '', read: () => bytesOf(app, file.path) })),
    signal,
  )
  return paths
}

/**
 * Returns the paths for the files of a job. A single file gets the given name. If there are several files, the name of
 * each consists of the given name and of the part of its own name that differs from the others. If the given path is a
 * folder, each file keeps its own name and never replaces another file.
 */
async function pathsOf(output: string, files: readonly GeneratedFile[]): Promise<string[]> {
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

/** Returns the length of the prefix that all names share. The prefix ends at its last " - ". */
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
    return false // the path is missing or invalid, and the save that follows reports it
  }
}

async function bytesOf(app: App, path: string): Promise<Uint8Array> {
  const page = await app.page(path)
  if (page === null) throw new AppError('file-not-found', `save output: ${path} was removed`, { name: path })
  return new Uint8Array(await page.arrayBuffer())
}
