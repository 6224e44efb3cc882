import { type Bulletin, defaultStatus, type ListItem } from '../../shared/bulletin'
import type { AppEvent } from '../../shared/contract/events'
import type { Job } from '../../shared/contract/results'
import type { ErrorDetails, ErrorShape } from '../../shared/errors'

// Functions that create the answers for guests (the clients of `serve --read-only`). Each function copies only the
// listed fields. A new field of an answer therefore stays private until somebody adds it here.

/**
 * Returns a bulletin for a guest, with its text and its origin. Leaves out the status of the user (read, starred,
 * labels, folder, position, highlights, notes), the addresses of servers, and the names of files of this machine.
 */
export function toGuestBulletin(bulletin: Bulletin): Bulletin {
  const { title, summary, author, published, language, bodyHtml, bodyText, figures, attachments, repairs } = bulletin
  const { id, publishedAt, source, url, goneSince, missing, revision, currentRevision, pictures } = bulletin
  return {
    ...{ title, summary, author, published, language, bodyHtml, bodyText, figures, attachments, repairs },
    ...{ id, publishedAt, source, url, goneSince, missing, revision, currentRevision, pictures },
    ...(bulletin.decoding === undefined ? {} : { decoding: bulletin.decoding }),
    ...(bulletin.official === undefined ? {} : { official: bulletin.official }),
    ...(bulletin.leftOut === undefined ? {} : { leftOut: bulletin.leftOut }),
    ...(bulletin.keepsAll === undefined ? {} : { keepsAll: bulletin.keepsAll }),
    captures: bulletin.captures.map(({ capturedAt, url: address, status, sha256, bytes }) => ({
      capturedAt,
      // The requested address may contain a secret key of the user, so a guest gets the public address of the bulletin.
      url: address === null ? null : url,
      ip: null,
      status,
      sha256,
      bytes,
      file: '',
      originalFileName: null,
    })),
    status: guestStatus,
  }
}

/** The status that guests see for every bulletin. All bulletins are read, so that none looks unread to a guest. */
const guestStatus = { ...defaultStatus, read: true } as const

/** Returns a bulletin of a list for a guest. Guests see every bulletin as read, not starred and not started. */
export function toGuestItem({
  id,
  title,
  summary,
  excerpt,
  publishedAt,
  source,
  attachments,
  picture,
}: ListItem): ListItem {
  const shown = { id, title, summary, excerpt, publishedAt, source, attachments, picture }
  return { ...shown, read: true, starred: false, started: false }
}

/** Returns a job for a guest. The errors of the job contain no paths. */
export function toGuestJob(job: Job): Job {
  const error = job.error === null ? null : toGuestError(job.error)
  if (job.kind !== 'export' || job.result === null) return { ...job, error }
  const failed = job.result.failed.map(({ id, ...failure }) => ({ id, ...toGuestError(failure) }))
  return { ...job, error, result: { ...job.result, failed } }
}

/**
 * Returns an event for a guest, or null if the guest must not receive the event. `ownsJob` tells whether this guest
 * started a job.
 */
export function toGuestEvent(event: AppEvent, ownsJob: (jobId: string) => boolean): AppEvent | null {
  if (event.type === 'bulletins-changed') return { type: event.type, ids: event.ids }
  if (event.type !== 'job-changed' || !ownsJob(event.job.id)) return null
  return { type: event.type, job: toGuestJob(event.job) }
}

/** Names of error details that hold only what the guest has sent: the id of a bulletin, a code, a range of pages. */
const openDetails: ReadonlySet<string> = new Set(['id', 'code', 'range'])

/**
 * Returns an error for a guest. The code and the details in `openDetails` stay. Every other text, such as a path, is
 * replaced with "…", so that the sentence of the code stays readable.
 */
export function toGuestError({ code, details }: ErrorShape): ErrorShape {
  const open = Object.entries(details).map(([name, value]): [string, ErrorDetails[string]] => [
    name,
    typeof value === 'string' && !openDetails.has(name) ? '…' : value,
  ])
  return { code, message: code, details: Object.fromEntries(open) }
}
