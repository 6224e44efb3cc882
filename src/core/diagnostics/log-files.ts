import { appendFileSync, mkdirSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../ports'

/** The number of days after which a log file is deleted. */
const keptDays = 14
/**
 * The maximum length of a log line, in UTF-16 units. A log must not contain the content of a page, and a long error
 * message might quote such content.
 */
const maxLineLength = 500
const namePattern = /^(\d{4}-\d{2}-\d{2})\.log$/

/**
 * Creates a log that writes one file a day into a folder, for example `2026-11-25.log`, and passes every line on to
 * `next`. The log deletes files older than 14 days when it is created and when a new day begins. A line contains the
 * step, and the name and message of the error. A line does not contain the details of the error, which may be private.
 * If the log cannot be written, only `next` receives a warning.
 */
export function createLogFiles(folder: string, { clock, next }: { clock: () => Date; next: Log }): Log {
  let today = ''
  const write = (level: string, message: string): void => {
    const now = clock().toISOString()
    try {
      if (now.slice(0, 10) !== today) {
        today = now.slice(0, 10)
        mkdirSync(folder, { recursive: true })
        void removeOldLogs(folder, clock()).catch((thrown: unknown) => next.warn('log: old files stay', thrown))
      }
      appendFileSync(join(folder, `${today}.log`), `${now} ${level} ${oneLine(message)}\n`)
    } catch (thrown) {
      next.warn('log: not written', thrown)
    }
  }
  return {
    info(message) {
      write('info', message)
      next.info(message)
    },
    warn(message, cause) {
      write('warn', `${message}${causes(cause)}`)
      next.warn(message, cause)
    },
  }
}

/**
 * Returns the newest lines of the log files in a folder. The oldest of these lines comes first. Returns an empty array
 * if the folder has no log lines.
 */
export async function readLogTail(folder: string, maxLines: number): Promise<string[]> {
  const lines: string[] = []
  for (const name of (await logNames(folder)).toReversed()) {
    const text = await readFile(join(folder, name), 'utf8')
    lines.unshift(...text.split('\n').filter((line) => line !== ''))
    if (lines.length >= maxLines) break
  }
  return lines.slice(-maxLines)
}

/** Deletes old log files. Leaves all other files in the folder unchanged. */
export async function removeOldLogs(folder: string, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString().slice(0, 10)
  for (const name of await logNames(folder))
    if ((namePattern.exec(name)?.[1] ?? '') < oldest) await rm(join(folder, name), { force: true })
}

async function logNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => namePattern.test(name)).sort()
}

function causes(cause: unknown): string {
  let text = ''
  for (let at = cause, depth = 0; at !== undefined && at !== null && depth < 4; depth++) {
    text += at instanceof Error ? `: ${at.name} ${at.message}` : ': not an error'
    at = at instanceof Error ? at.cause : undefined
  }
  return text
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').slice(0, maxLineLength)
}
