import { initialHealth, type Source } from '../../../shared/source'
import type { OwnKey } from '../../trust/own-key'
import type { SourceDocument } from '../store/documents'

/** Maximum number of users whose marks a source keeps. */
const maxApprovals = 50

/**
 * Returns the source of a stored document. If this user has not turned the source on, the source sleeps: its schedule,
 * its health and the permission for private addresses are not believed.
 */
export function toOwnSource({ approvals = [], isTyped, ...source }: SourceDocument, key: OwnKey): Source {
  const hasMark = (isTyped: boolean): boolean =>
    approvals.some((mark) => key.verify(mark, statementOf(source, isTyped)))
  if (isTyped === true && hasMark(true)) return { ...source, isTyped: true }
  if (hasMark(false)) return isTyped === undefined ? source : { ...source, isTyped: false }
  return { ...toStranger(source), isAsleep: true }
}

/**
 * Returns the document of a source. A source that does not sleep gets this user's mark. The marks of other users are
 * kept from `before`, the stored document, as long as the address stays the same.
 */
export function toStoredSource(source: Source, before: SourceDocument | null, key: OwnKey): SourceDocument {
  const { isAsleep = false, approvals: _given, ...document } = source as Source & { approvals?: unknown }
  const isOwn = (mark: string): boolean =>
    [true, false].some((isTyped) => key.verify(mark, statementOf(source, isTyped)))
  const kept = before?.url === source.url ? (before.approvals ?? []).filter((mark) => !isOwn(mark)) : []
  const own = isAsleep ? [] : [key.sign(statementOf(source, source.isTyped === true))]
  return { ...document, approvals: [...own, ...kept].slice(0, maxApprovals) }
}

/** Returns a source without everything that only its own user may decide. */
export function toStranger(source: Source): Source {
  return { ...source, isTyped: false, schedule: { ...source.schedule, everyMinutes: null }, health: initialHealth }
}

function statementOf({ id, url }: Pick<Source, 'id' | 'url'>, isTyped: boolean): string[] {
  return ['source', id, url, isTyped ? 'typed' : 'listed']
}
