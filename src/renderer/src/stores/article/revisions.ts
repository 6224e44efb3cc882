import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import type { Bulletin, RevisionSummary } from '../../../../shared/bulletin'
import { callHost } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'
import { attempt } from '../report-error'

/** The dialog "Các phiên bản". The dialog lists the revisions of a bulletin and compares two revisions. */
export const useRevisions = defineStore('revisions', () => {
  /** The revisions of the bulletin, the newest first. */
  const revisions = shallowRef<readonly RevisionSummary[]>([])
  const from = shallowRef(1)
  const to = shallowRef(1)
  const diff = shallowRef<Output<'diffRevisions'> | null>(null)
  const comparisons = createResponseGuard()

  /** Loads the revisions and compares two revisions. Returns false if the revisions cannot be loaded. */
  async function load({ id, revision, currentRevision }: Bulletin): Promise<boolean> {
    revisions.value = []
    diff.value = null
    to.value = currentRevision
    const loaded = await attempt(() => callHost('listRevisions', { id }))
    if (loaded === null) return false
    revisions.value = loaded.toReversed()
    // If the user reads an older revision, that revision is compared with the current revision. Otherwise the current
    // revision is compared with the revision before the last change at the source.
    const changed = revisions.value.find(({ cause }) => cause === 'source-changed')
    const previous = Math.max(1, (changed?.number ?? currentRevision) - 1)
    await compare(id, { from: revision.number < currentRevision ? revision.number : previous })
    return true
  }

  async function compare(id: string, change: { from?: number; to?: number }): Promise<void> {
    from.value = change.from ?? from.value
    to.value = change.to ?? to.value
    const comparison = comparisons.begin()
    const answer = await attempt(() => callHost('diffRevisions', { id, from: from.value, to: to.value }))
    if (comparison.isLatest()) diff.value = answer
  }

  return { revisions, from, to, diff, load, compare }
})
