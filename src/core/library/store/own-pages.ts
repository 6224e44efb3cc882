import { isPublicIp } from '../../fetch/ssrf-guard'
import type { OwnKey } from '../../trust/own-key'
import type { StoredCapture } from './bulletin-folder'
import type { CaptureDocument } from './documents'

type Request = CaptureDocument['requests'][number]

/**
 * Returns a new capture in which a page from a private address has this user's mark. Only the user can make the program
 * download such a page, so the mark proves that the user typed the address. A capture that comes from a backup or a
 * library of somebody else has no such mark.
 */
export function markOwnPage(document: CaptureDocument, key: OwnKey): CaptureDocument {
  if (document.via !== 'network') return document
  const requests = document.requests.map((request) => {
    const statement = statementOf(request)
    return statement === null ? request : { ...request, ownMark: key.sign(statement) }
  })
  return { ...document, requests }
}

/** Returns the address of the newest page that has this user's mark. Returns null if no page has one. */
export function findOwnPage(captures: readonly StoredCapture[], key: OwnKey): string | null {
  const pages = captures.flatMap(({ capture }) => capture.requests.filter(({ role }) => role === 'page'))
  const newest = pages.findLast(({ targetUri }) => targetUri !== null)
  const statement = newest === undefined ? null : statementOf(newest)
  const isOwn = statement !== null && newest?.ownMark !== undefined && key.verify(newest.ownMark, statement)
  return isOwn ? (newest?.targetUri ?? null) : null
}

/** The statement that the mark of a page proves. Returns null for a request that needs no mark. */
function statementOf({ role, targetUri, ip, decoded }: Request): string[] | null {
  if (role !== 'page' || targetUri === null || ip == null || isPublicIp(ip)) return null
  return ['page', targetUri, ip, decoded.sha256]
}
