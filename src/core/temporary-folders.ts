import { mkdtempSync } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from './ports'
import { isProcessRunning, processNamespace, processStarted } from './processes'

/** The purpose of a temporary folder, which is a part of the folder's name. */
export type TemporaryKind = 'calls' | 'upload' | 'print' | 'backup' | 'chromium' | 'opened'

/**
 * The time in ms for which a folder is kept after its program has ended. A copy that was opened in another program
 * stays a week, because that program may still show it or the user may have edited it.
 */
const keptMs: Partial<Record<TemporaryKind, number>> = { opened: 7 * 24 * 60 * 60 * 1000 }
/** Age in ms. A staged file that is older belongs to a write that has ended. */
const maxStagedMs = 24 * 60 * 60 * 1000

/**
 * Creates a temporary folder that only this user can enter. The name of the folder contains the pid, the start time and
 * the namespace of the process, so that {@link removeStaleFolders} can tell whether the process has ended. Throws the
 * system's error.
 */
export function createTemporaryFolder(kind: TemporaryKind, place: string = tmpdir()): string {
  return mkdtempSync(join(place, `${temporaryFolderName(kind, process.pid)}-`))
}

/** Returns the name of a temporary folder of a running process, without the random ending. */
export function temporaryFolderName(kind: TemporaryKind, pid: number): string {
  const numbers = [String(pid), processStarted(pid) ?? '0', processNamespace()]
  return ['bantin', kind, ...numbers.map((each) => Number(each).toString(36))].join('-')
}

/**
 * Removes the temporary folders of this program whose process has ended, for example because it was killed. Leaves
 * links, other names, and folders of running processes, of other users and of other containers.
 */
export async function removeStaleFolders(log: Log, place: string = tmpdir()): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    try {
      if (await isStale(join(place, name), name)) await rm(join(place, name), { recursive: true, force: true })
    } catch (thrown) {
      log.warn(`temporary folders: ${name} stays`, thrown)
    }
  }
}

async function isStale(path: string, name: string): Promise<boolean> {
  const found = /^bantin-(calls|upload|print|backup|chromium|opened)-([0-9a-z]+)-([0-9a-z]+)-([0-9a-z]+)-\w{6}$/.exec(
    name,
  )
  if (found === null) return false
  const [kind, pid = '', started = '', namespace = ''] = found.slice(1)
  if (parseInt(namespace, 36) !== Number(processNamespace())) return false
  if (isSameProcess(parseInt(pid, 36), parseInt(started, 36))) return false
  const folder = await lstat(path)
  const isOurs = folder.isDirectory() && (process.getuid === undefined || folder.uid === process.getuid())
  return isOurs && folder.mtimeMs <= Date.now() - (keptMs[kind as TemporaryKind] ?? 0)
}

/**
 * Whether the process that created a folder still runs. A start time of 0 means that the system does not report start
 * times.
 */
function isSameProcess(pid: number, started: number): boolean {
  if (!isProcessRunning(pid)) return false
  const now = processStarted(pid)
  return started === 0 || now === null || Number(now) === started
}

/**
 * Removes files that a killed process has left in a staging folder outside the library, for example beside the
 * settings.
 */
export async function removeOldStagedFiles(staging: string): Promise<void> {
  for (const name of await readdir(staging).catch(() => [])) {
    const path = join(staging, name)
    const file = await lstat(path).catch(() => null)
    if (file?.isFile() === true && file.mtimeMs < Date.now() - maxStagedMs) await rm(path, { force: true })
  }
}
