import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import { readPlainFile, resolveLibraryFolder } from '../../trust/plain-files'
import { asWriteError, exists, randomName, stagingFolder, removeStaged, systemCode } from '../../files'
import { processStarted } from '../../processes'
import { isPresent, openPresence, type Presence } from './presence'

const lockName = 'library.lock'
const maxAttempts = 20
/**
 * The name that the lock file gets if a writer could not finish a change, for example on a full disk. If a file with
 * this name exists, the next writer recovers the library.
 */
const recoveryMarkerName = 'library.unsettled'

/** The process that holds a library. `socket` is null if the process accepts no calls from other programs. */
export const holderSchema = z.object({
  pid: z.int(),
  /**
   * The time at which the process started, in the unit of the system. Null if unknown. If a running process with the
   * same pid started at another time, the holder has ended, and its pid belongs to a new process.
   */
  processStarted: z.nullable(z.string()),
  since: z.string(),
  host: z.string(),
  program: z.string(),
  socket: z.nullable(z.string()),
  token: z.string(),
  /**
   * The name of a pipe that exists as long as the process runs. It is used on Windows, where the start time of a
   * process can't be read. Null on other systems, and if the pipe could not be created.
   */
  presence: z._default(z.nullable(z.string()), null),
})
/** See {@link holderSchema}. */
export type LockHolder = z.infer<typeof holderSchema>

/** A held lock. */
export interface Lock {
  /** Whether the last holder of the lock died or left a change unfinished, so that the library may need recovery. */
  readonly needsRecovery: boolean
  /** Releases the lock if this process still holds it. After `isClean: false`, the next writer recovers the library. */
  release(state: { isClean: boolean }): Promise<void>
}

/**
 * The functions of the operating system that tell whether the holder of a lock still runs. Tests replace these
 * functions.
 */
export interface LockSystem {
  processStarted(pid: number): string | null
  openPresence(): Promise<Presence | null>
  isPresent(path: string): Promise<boolean>
}

const ownSystem: LockSystem = {
  processStarted: (pid) => processStarted(pid),
  openPresence: () => openPresence(process.platform),
  isPresent: (path) => isPresent(path, process.platform),
}

/** The facts about a process that takes a lock. */
export interface LockRequest {
  program: string
  now: Date
  socket?: { path: string; token: string } | null
  system?: LockSystem
}

/**
 * Takes the library's lock, so that only one process writes at a time. Takes over the lock of a process that has ended.
 * Throws `library-locked` (details: program, pid, host, since) if a running process holds the lock. A holder on another
 * machine counts as running, because this machine can't check it. Throws `library-read-only` if the folder is not
 * writable.
 */
export async function takeLock(
  libraryFolder: string,
  { program, now, socket = null, system = ownSystem }: LockRequest,
): Promise<Lock> {
  // The pipe is opened before the lock file is written. So any process that reads the lock file also finds the pipe.
  const presence = await system.openPresence()
  const holder: LockHolder = {
    pid: process.pid,
    processStarted: system.processStarted(process.pid),
    since: now.toISOString(),
    host: hostname(),
    program,
    socket: socket?.path ?? null,
    token: socket?.token ?? randomName(),
    presence: presence?.path ?? null,
  }
  try {
    const lock = await takeLockAs(libraryFolder, holder, system)
    return {
      ...lock,
      release: (state) => lock.release(state).finally(() => presence?.close()),
    }
  } catch (thrown) {
    presence?.close()
    throw thrown
  }
}

async function takeLockAs(libraryFolder: string, holder: LockHolder, system: LockSystem): Promise<Lock> {
  const path = join(libraryFolder, lockName)
  const recoveryMarkerPath = join(libraryFolder, recoveryMarkerName)
  let needsRecovery = await exists(recoveryMarkerPath)
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (await createLockFile(libraryFolder, path, holder))
      return {
        needsRecovery,
        async release({ isClean }) {
          if (!(await isOurs(path, holder))) return
          // The lock file is renamed and not rewritten, because a rename needs no free space.
          const releasing = isClean
            ? Promise.all([rm(path, { force: true }), rm(recoveryMarkerPath, { force: true })])
            : rename(path, recoveryMarkerPath)
          await releasing.catch((thrown: unknown) => {
            throw asWriteError(thrown, 'release lock', path)
          })
        },
      }
    const current = await readLock(path)
    if (current === 'missing') continue
    if (current !== 'damaged' && (await isAlive(current, system)))
      throw new AppError('library-locked', `take lock: held by ${current.program} (${current.pid})`, {
        program: current.program,
        pid: current.pid,
        host: current.host,
        since: current.since,
      })
    needsRecovery = true
    await setAside({ path, recoveryMarkerPath }, current)
  }
  throw new AppError('write-failed', `take lock: not taken in ${maxAttempts} attempts`, { path })
}

/** Finds the running process that holds the library. Returns null if no running process holds it. */
export async function readHolder(libraryFolder: string, system = ownSystem): Promise<LockHolder | null> {
  const current = await readLock(join(await resolveLibraryFolder(libraryFolder), lockName))
  return typeof current === 'object' && (await isAlive(current, system)) ? current : null
}

/**
 * Creates the lock file and its content in one step, with a hard link. The link fails if the lock file exists. Returns
 * whether this process has created the lock file.
 */
async function createLockFile(folder: string, path: string, holder: LockHolder): Promise<boolean> {
  const staged = join(folder, stagingFolder, randomName())
  try {
    // `mkdir` is called without `recursive`, because a recursive call fails with ENOENT instead of EROFS on a read-only
    // drive.
    await mkdir(join(folder, stagingFolder)).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'EEXIST') throw thrown
    })
    await writeFile(staged, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    await linkOrCopy(staged, path, holder)
    return true
  } catch (thrown) {
    // EEXIST means that another process holds the lock. ENOENT means that a new holder has just cleared the staging
    // folder.
    if (['EEXIST', 'ENOENT'].includes(systemCode(thrown) ?? '')) return false
    throw asWriteError(thrown, 'take lock', folder)
  } finally {
    await removeStaged(staged)
  }
}

/**
 * Links the staged file to the path of the lock. If the file system has no hard links, such as FAT and some network
 * drives, writes the lock file directly. Such a write fails if the file exists.
 */
async function linkOrCopy(staged: string, path: string, holder: LockHolder): Promise<void> {
  try {
    await link(staged, path)
  } catch (thrown) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EISDIR'].includes(systemCode(thrown) ?? '')) throw thrown
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 }).catch(async (failure: unknown) => {
      if (systemCode(failure) !== 'EEXIST') await rm(path, { force: true })
      throw failure
    })
  }
}

async function readLock(path: string): Promise<LockHolder | 'missing' | 'damaged'> {
  try {
    const parsed = holderSchema.safeParse(JSON.parse((await readPlainFile(path)).toString('utf8')))
    return parsed.success ? parsed.data : 'damaged'
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return 'missing'
    if (thrown instanceof SyntaxError) return 'damaged'
    throw asWriteError(thrown, 'read lock', path)
  }
}

/**
 * Renames the lock file of an ended process to the recovery marker, so that the next writer recovers the library, even
 * if this process can't create its own lock, for example on a full disk. If the renamed file turns out to be the new
 * lock of another process, moves it back.
 */
async function setAside(
  { path, recoveryMarkerPath }: { path: string; recoveryMarkerPath: string },
  dead: LockHolder | 'damaged',
): Promise<void> {
  const aside = `${path}.${randomName()}`
  try {
    await rename(path, aside)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return
    throw asWriteError(thrown, 'take over lock', path)
  }
  const moved = await readLock(aside)
  const isDeadLock = typeof moved === 'object' && typeof dead === 'object' ? moved.token === dead.token : moved === dead
  if (isDeadLock) await rename(aside, recoveryMarkerPath).catch(() => undefined)
  else await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

async function isOurs(path: string, holder: LockHolder): Promise<boolean> {
  const current = await readLock(path)
  return typeof current === 'object' && current.token === holder.token
}

/**
 * Whether the holder of a lock still runs. The pid of an ended process may belong to another process now. On Linux and
 * macOS, the start time of the process shows this. On Windows, the holder's pipe shows it.
 */
async function isAlive(holder: LockHolder, system: LockSystem): Promise<boolean> {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (thrown) {
    // EPERM means that the process runs but belongs to another user. Any other code means that the process has ended.
    if (systemCode(thrown) !== 'EPERM') return false
  }
  if (holder.presence !== null) return system.isPresent(holder.presence)
  const started = system.processStarted(holder.pid)
  return started === null || holder.processStarted === null || started === holder.processStarted
}
