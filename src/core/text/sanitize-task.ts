import type { RunTask, Task } from '../threads/task'

/** Sanitises the HTML of a body, see {@link ./sanitize.sanitizeBody}. Throws `too-complex`. */
export type SanitizeBody = (html: string) => Promise<string>

/** Sanitises a large body in a thread. See {@link ./sanitize.sanitizeBody}. */
export const sanitizeTask: Task<{ html: string }, string> = { name: 'sanitize', limits: { maxCpuMs: 20_000 } }

/** A longer body is sanitised in a thread. This many characters take a few milliseconds. */
const maxLengthHere = 64 * 1024

/** Creates a function that sanitises large bodies in a thread. If `runTask` is null, it sanitises all in this thread. */
export function createSanitizer(runTask: RunTask | null): SanitizeBody {
  return async (html) => {
    if (runTask !== null && html.length > maxLengthHere) return runTask(sanitizeTask, { html }, { name: 'body' })
    // The module is loaded on demand, so that a command that reads no body starts sooner.
    return (await import('./sanitize')).sanitizeBody(html)
  }
}
