import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Job } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import type { Portals } from '../../../../shared/portals'
import { callHost, events, getErrorShape } from '../../bridge'
import { fetchJob } from '../../lib/fetch-job'

type Finding = Extract<Job, { kind: 'discover' }>

/** Where the dialog's focus is when it opens. */
export type FinderStart = 'address' | 'portals'

/** "Thêm nguồn tin…": what is looked for at an address, and what was found there. */
export const useSourceDiscovery = defineStore('source-finder', () => {
  /** Null while the dialog is closed. */
  const start = shallowRef<FinderStart | null>(null)
  const job = shallowRef<Finding | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  const portals = shallowRef<Portals | null>(null)
  /** Whether a search was asked for and is not known yet. */
  const isBeginning = shallowRef(false)
  /** The job that is followed; null once it has ended: what comes of it then is older than its end. */
  let followed: string | null = null
  /** Counts what was looked for: an answer to something that was left is no news. */
  let turn = 0

  events.on((event) => {
    if (event.type === 'job-changed') take(event.job)
  })
  events.onGap(() => {
    if (followed !== null) void fetchJob({ id: followed, kind: 'discover' }).then((now) => now !== null && take(now))
  })

  const isLooking = computed(() => isBeginning.value || job.value?.state === 'running')
  const found = computed(() => job.value?.result ?? null)

  function take(changed: Job): void {
    if (changed.kind !== 'discover' || changed.id !== followed) return
    job.value = changed
    if (changed.state !== 'running') followed = null
    if (changed.error !== null && changed.error.code !== 'cancelled') error.value = changed.error
  }

  function open(at: FinderStart): void {
    clear()
    start.value = at
    void loadPortals()
  }

  async function loadPortals(): Promise<void> {
    try {
      portals.value ??= await callHost('listPortals', {})
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  /** Looks what is at an address; what was looked for before is left. */
  async function look(url: string): Promise<void> {
    clear()
    const own = turn
    isBeginning.value = true
    try {
      const { jobId } = await callHost('startDiscover', { url })
      if (own !== turn) return await end(jobId)
      followed = jobId
      take(await callHost('getJob', { jobId }))
    } catch (thrown) {
      if (own === turn) error.value = getErrorShape(thrown)
    } finally {
      if (own === turn) isBeginning.value = false
    }
  }

  async function end(jobId: string): Promise<void> {
    await callHost('cancelJob', { jobId }).catch(() => null)
  }

  /** Leaves what is looked for, begun or about to. */
  function clear(): void {
    turn += 1
    if (followed !== null) void end(followed)
    followed = null
    job.value = null
    error.value = null
    isBeginning.value = false
  }

  function close(): void {
    clear()
    start.value = null
  }

  return { start, job, error, portals, isLooking, found, open, look, clear, close }
})
