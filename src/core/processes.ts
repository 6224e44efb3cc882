import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Reads the start time of a process in clock ticks since boot. On Linux this is field 22 of /proc/<pid>/stat (proc(5)).
 * Returns null on other systems.
 */
export function processStarted(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null // This is not Linux, or the process has ended.
  }
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
