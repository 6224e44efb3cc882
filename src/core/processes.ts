import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Reads the start time of a process as a number in the unit of the system. On Linux the number is field 22 of
 * /proc/<pid>/stat (proc(5)), in clock ticks since boot. On macOS the number comes from `ps`, in seconds since 1970.
 * Returns null on other systems, and if the process has ended.
 */
export function processStarted(pid: number, platform: NodeJS.Platform = process.platform): string | null {
  if (platform === 'darwin') return readStartFromPs(pid)
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null // This is not Linux, or the process has ended.
  }
}

function readStartFromPs(pid: number): string | null {
  try {
    const env = { LC_ALL: 'C', TZ: 'UTC' }
    return parsePsStart(
      execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
        env,
        encoding: 'utf8',
        timeout: 5_000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
  } catch {
    return null // The process has ended.
  }
}

/** Reads the answer of `ps -o lstart=` (ps(1)) as seconds since 1970. Returns null if the answer has another form. */
export function parsePsStart(answer: string): string | null {
  const ms = Date.parse(`${answer.trim()} UTC`)
  return Number.isNaN(ms) ? null : String(ms / 1000)
}

/**
 * Returns the number of the namespace in which this process sees other processes. A container has its own namespace, so
 * the processes of the machine are invisible in it. Returns "0" on systems without such namespaces.
 */
export function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0' // This is not Linux.
  }
}

/** Whether a process runs. A process of another user counts as running. */
export function isProcessRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')
  }
}
