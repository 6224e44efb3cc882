import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import { asWriteError, exists, randomName, stagingFolder, removeStaged, systemCode } from '../../files'

const lockName = 'library.lock'
/** A lock given back by a writer that could not settle its last change (a full disk): recovery is due. */
const recoveryMarkerName = 'library.unsettled'

/** Who holds a library (ARCHITECTURE); `socket` is null where the holder takes no calls from others. */
export const holderSchema = z.object({
  pid: z.int(),
  /** When the holding process began, as the system counts it; null where it can't be told. Guards against reused pids. */
  processStarted: z.nullable(z.string()),
  since: z.string(),
  host: z.string(),
  program: z.string(),
  socket: z.nullable(z.string()),
  token: z.string(),
})
/** See {@link holderSchema}. */
export type LockHolder = z.infer<typeof holderSchema>

/** A held lock. */
export interface Lock {
  /** True when the lock was taken over from a holder that died: the library may need recovery. */
  readonly needsRecovery: boolean
  /** Gives the lock back, if it is still ours; `isClean: false` tells the next writer to recover first. */
  release(state: { isClean: boolean }): Promise<void>
}

/**
 * Takes the library's lock: at most one writer at a time. Throws `library-locked` (details: program, pid, host,
 * since) while a living process holds it, `library-read-only` where nothing can be written. The lock of a dead
 * process is taken over; a holder on another machine counts as living, since nobody can ask it.
 */
export async function takeLock(
  libraryFolder: string,
  { program, now, socket = null }: { program: string; now: Date; socket?: { path: string; token: string } | null },
): Promise<Lock> {
  const path = join(libraryFolder, lockName)
  const holder: LockHolder = {
    pid: process.pid,
    processStarted: processStarted(process.pid),
    since: now.toISOString(),
    host: hostname(),
    program,
    socket: socket?.path ?? null,
    token: socket?.token ?? randomName(),
  }
  const recoveryMarkerPath = join(libraryFolder, recoveryMarkerName)
  let isAfterCrash = await exists(recoveryMarkerPath)
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await createLockFile(libraryFolder, path, holder))
      return {
        needsRecovery: isAfterCrash,
        async release({ isClean }) {
          if (!(await isOurs(path, holder))) return
          // Renaming needs no space on a full disk.
          const leaving = isClean
            ? Promise.all([rm(path, { force: true }), rm(recoveryMarkerPath, { force: true })])
            : rename(path, recoveryMarkerPath)
          await leaving.catch((thrown: unknown) => {
            throw asWriteError(thrown, 'release lock', path)
          })
        },
      }
    const current = await readLock(path)
    if (current === 'gone') continue
    if (current !== 'damaged' && isAlive(current))
      throw new AppError('library-locked', `lock: held by ${current.program} (${current.pid})`, {
        program: current.program,
        pid: current.pid,
        host: current.host,
        since: current.since,
      })
    isAfterCrash = true
    await setAside(path, current)
  }
  throw new AppError('write-failed', 'lock: could not be taken in twenty attempts', { path })
}

/** Who holds the library now; null when nobody living does. */
export async function readHolder(libraryFolder: string): Promise<LockHolder | null> {
  const current = await readLock(join(libraryFolder, lockName))
  return typeof current === 'object' && isAlive(current) ? current : null
}

/** Creates the lock file with its content in one step (a hard link fails if the name is taken). */
async function createLockFile(folder: string, path: string, holder: LockHolder): Promise<boolean> {
  const staged = join(folder, stagingFolder, randomName())
  try {
    // Not recursive: on a read-only drive that would answer ENOENT instead of EROFS.
    await mkdir(join(folder, stagingFolder)).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'EEXIST') throw thrown
    })
    await writeFile(staged, JSON.stringify(holder), { flag: 'wx' })
    await linkOrCopy(staged, path, holder)
    return true
  } catch (thrown) {
    // Taken; or whoever just took it swept the staging folder under our hands.
    if (['EEXIST', 'ENOENT'].includes(systemCode(thrown) ?? '')) return false
    throw asWriteError(thrown, 'take lock', folder)
  } finally {
    // What can't be taken away now is swept with the staging folder; the lock is taken, or not, all the same.
    await removeStaged(staged)
  }
}

/** FAT and some network drives have no hard links: there an exclusive create is the best there is. */
async function linkOrCopy(staged: string, path: string, holder: LockHolder): Promise<void> {
  try {
    await link(staged, path)
  } catch (thrown) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EISDIR'].includes(systemCode(thrown) ?? '')) throw thrown
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' })
  }
}

async function readLock(path: string): Promise<LockHolder | 'gone' | 'damaged'> {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : 'damaged'
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return 'gone'
    if (thrown instanceof SyntaxError) return 'damaged'
    throw asWriteError(thrown, 'read lock', path)
  }
}

/** Moves a dead lock out of the way; if somebody else took it over meanwhile, their lock goes back. */
async function setAside(path: string, dead: LockHolder | 'damaged'): Promise<void> {
  const aside = `${path}.${randomName()}`
  try {
    await rename(path, aside)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return
    throw asWriteError(thrown, 'take over lock', path)
  }
  const moved = await readLock(aside)
  const isTheDeadOne =
    typeof moved === 'object' && typeof dead === 'object' ? moved.token === dead.token : moved === dead
  if (!isTheDeadOne) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

async function isOurs(path: string, holder: LockHolder): Promise<boolean> {
  const current = await readLock(path)
  return typeof current === 'object' && current.token === holder.token
}

function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (thrown) {
    // EPERM: it lives, but belongs to another user.
    return systemCode(thrown) === 'EPERM'
  }
  const started = processStarted(holder.pid)
  return started === null || holder.processStarted === null || started === holder.processStarted
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat, proc(5)); null elsewhere. */
function processStarted(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null // not Linux, or gone: the pid alone must do
  }
}
