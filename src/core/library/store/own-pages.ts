import { isPublicIp } from '../../fetch/ssrf-guard'
import type { OwnKey } from '../../trust/own-key'
import type { StoredCapture } from './bulletin-folder'
import type { CaptureDocument } from './documents'

type Request = CaptureDocument['requests'][number]

/**
 * Returns a copy of a new capture. In the copy, a page from a private network address has a mark: a code made with this
 * user's key. The mark proves that this user's program downloaded the page, so this user typed the address. In a
 * capture from another person, the mark is absent or does not match the key.
 */
export function markOwnPage(document: CaptureDocument, key: OwnKey): CaptureDocument {
  if (document.via !== 'network') return document
  const requests = document.requests.map((request) => {
    const statement = statementOf(request)
    return statement === null ? request : { ...request, ownMark: key.sign(statement) }
  })
  return { ...document, requests }
}

/**
 * Returns the address of the newest page with an address, if this page has a mark made with this user's key. Otherwise
 * returns null.
 */
export function findOwnPage(captures: readonly StoredCapture[], key: OwnKey): string | null {
  const pages = captures.flatMap(({ capture }) => capture.requests.filter(({ role }) => role === 'page'))
  const newest = pages.findLast(({ targetUri }) => targetUri !== null)
  const statement = newest === undefined ? null : statementOf(newest)
  const isOwn = statement !== null && newest?.ownMark !== undefined && key.verify(newest.ownMark, statement)
  return isOwn ? (newest?.targetUri ?? null) : null
}

/** Returns the text that the mark of a page confirms. Returns null for a request that gets no mark. */
function statementOf({ role, targetUri, ip, decoded }: Request): string[] | null {
  if (role !== 'page' || targetUri === null || ip == null || isPublicIp(ip)) return null
  return ['page', targetUri, ip, decoded.sha256]
}
