import { statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { App } from '../../core/app-interface'
import type { GeneratedFile } from '../../core/outputs/generated-files'
import { freePath, saveFiles } from '../../core/outputs/save-files'
import { AppError } from '../../shared/errors'

/** Saves what a job made where the command line says; the paths. Throws as {@link saveFiles} does. */
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
 * Where the files go: one under the name that was asked for, several beside each other with what sets them apart; in
 * a folder each under its own name, which never takes the place of another.
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
