import { appendFileSync, mkdirSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../ports'

/** Days a log is kept. */
const keptDays = 14
/** Longest line of a log, in UTF-16 units: a log names what happened, it is no copy of what was read. */
const maxLineLength = 500
const namePattern = /^(\d{4}-\d{2}-\d{2})\.log$/

/**
 * A log that writes one file a day into a folder, `2026-11-25.log`, and passes everything on to another. Files older
 * than 14 days are removed when it is opened and whenever a new day begins. Lines hold the step, the error's name and
 * its message; never the details, which may be the reader's. A log that can't be written stops nothing.
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

/** The newest lines of a folder's logs, oldest first; empty where there are none. */
export async function readLogTail(folder: string, maxLines: number): Promise<string[]> {
  const lines: string[] = []
  for (const name of (await logNames(folder)).toReversed()) {
    const text = await readFile(join(folder, name), 'utf8')
    lines.unshift(...text.split('\n').filter((line) => line !== ''))
    if (lines.length >= maxLines) break
  }
  return lines.slice(-maxLines)
}

/** Removes logs of days that are longer past than logs are kept; nothing else in the folder is touched. */
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
