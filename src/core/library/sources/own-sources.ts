import { initialHealth, type Source } from '../../../shared/source'
import type { OwnKey } from '../../trust/own-key'
import type { SourceDocument } from '../store/documents'

/**
 * Maximum number of approvals in the document of a source. An approval is a code made with the key of a user who has
 * turned the source on.
 */
const maxApprovals = 50

/**
 * Returns the source of a stored document. If no approval is made with this user's key, the source sleeps: no refresh
 * reads it. A sleeping source loses its schedule, its health and its permission for private addresses, because another
 * person may have written them.
 */
export function toOwnSource({ approvals = [], isTyped, ...source }: SourceDocument, key: OwnKey): Source {
  const hasMark = (isTyped: boolean): boolean =>
    approvals.some((mark) => key.verify(mark, statementOf(source, isTyped)))
  if (isTyped === true && hasMark(true)) return { ...source, isTyped: true }
  if (hasMark(false)) return isTyped === undefined ? source : { ...source, isTyped: false }
  return { ...toStranger(source), isAsleep: true }
}

/**
 * Returns the document to store for a source. A source that does not sleep gets an approval made with this user's key.
 * The approvals of other users are copied from the stored document `before` if the address is the same.
 */
export function toStoredSource(source: Source, before: SourceDocument | null, key: OwnKey): SourceDocument {
  const { isAsleep = false, approvals: _given, ...document } = source as Source & { approvals?: unknown }
  const isOwn = (mark: string): boolean =>
    [true, false].some((isTyped) => key.verify(mark, statementOf(source, isTyped)))
  const kept = before?.url === source.url ? (before.approvals ?? []).filter((mark) => !isOwn(mark)) : []
  const own = isAsleep ? [] : [key.sign(statementOf(source, source.isTyped === true))]
  return { ...document, approvals: [...own, ...kept].slice(0, maxApprovals) }
}

/**
 * Returns a source without the values that only this user may decide: the schedule, the health and the permission for
 * private addresses.
 */
export function toStranger(source: Source): Source {
  return { ...source, isTyped: false, schedule: { ...source.schedule, everyMinutes: null }, health: initialHealth }
}

function statementOf({ id, url }: Pick<Source, 'id' | 'url'>, isTyped: boolean): string[] {
  return ['source', id, url, isTyped ? 'typed' : 'listed']
}
