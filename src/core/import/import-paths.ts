import { join, relative, resolve } from 'node:path'
import type { ImportResult, Job } from '../../shared/contract/api'
import { AppError } from '../../shared/errors'
import type { App } from '../app-interface'
import { callMethod } from '../call-method'
import { waitForJob } from '../wait-for-job'
import type { ImportRun } from './import-files'

/**
 * Maximum number of paths in one call. A call over the local socket can have 4 MB, and one path may have hundreds of
 * bytes.
 */
const maxPaths = 2_000
/** Maximum number of times that an import is started again because the process that held the library has ended. */
const maxRestarts = 20

/**
 * Imports files and folders of this machine through the methods of the contract, so that the process that holds the
 * library reads the files. If this process ends, the import starts again in the next process that holds the library.
 * Files that are already stored then count as `unchanged`. The result names each file by the path that the caller gave,
 * even if this path is relative.
 */
export async function importPaths(
  app: Pick<App, 'call' | 'on'>,
  paths: readonly string[],
  run: ImportRun,
): Promise<ImportResult> {
  const total: ImportResult = { added: [], revised: [], unchanged: [], failed: [] }
  for (let start = 0; start < paths.length; start += maxPaths) {
    const part = await importPart(app, paths.slice(start, start + maxPaths), run)
    for (const outcome of ['added', 'revised', 'unchanged'] as const) total[outcome].push(...part[outcome])
    total.failed.push(...part.failed)
  }
  return total
}

async function importPart(
  app: Pick<App, 'call' | 'on'>,
  paths: readonly string[],
  run: ImportRun,
): Promise<ImportResult> {
  for (let restarts = 0; ; restarts++) {
    const { jobId } = await callMethod(app, 'startImportPaths', {
      paths: paths.map((path) => resolve(path)),
      encoding: run.encoding ?? 'auto',
    })
    const job = await waitForJob(app, jobId, run).catch((thrown: unknown): Job | null => {
      // If the process that holds the library has ended, the import starts again, because the new process does not know
      // the jobs of the old one.
      if (thrown instanceof AppError && thrown.code === 'unknown-job' && restarts < maxRestarts) return null
      throw thrown
    })
    if (job === null) continue
    if (job.kind !== 'import' || job.result === null) throw new AppError('cancelled', 'import: no result')
    return renamePaths(job.result, paths)
  }
}

/** Replaces the absolute paths in the result by the paths that the caller gave. */
function renamePaths(result: ImportResult, paths: readonly string[]): ImportResult {
  const given = new Map(paths.map((path) => [resolve(path), path]))
  const rename = (path: string): string => {
    const known = given.get(path)
    if (known !== undefined) return known
    const folder = [...given.keys()].find((each) => path.startsWith(join(each, '/')))
    return folder === undefined ? path : join(given.get(folder) ?? folder, relative(folder, path))
  }
  const renamed = <T extends { path: string }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, path: rename(item.path) }))
  return {
    added: renamed(result.added),
    revised: renamed(result.revised),
    unchanged: renamed(result.unchanged),
    failed: renamed(result.failed),
  }
}
