import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Job } from '../../../shared/api'
import type { ErrorShape } from '../../../shared/errors'
import type { Portals } from '../../../shared/portals'
import { ask, events, shapeOf } from '../bridge'

type Finding = Extract<Job, { kind: 'discover' }>

/** Where the dialog's focus is when it opens. */
export type FinderStart = 'address' | 'portals'

/** "Thêm nguồn tin…": what is looked for at an address, and what was found there. */
export const useSourceFinder = defineStore('source-finder', () => {
  /** Null while the dialog is closed. */
  const start = shallowRef<FinderStart | null>(null)
  const job = shallowRef<Finding | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  const portals = shallowRef<Portals | null>(null)
  /** The job that is followed; null once it has ended: what comes of it then is older than its end. */
  let followed: string | null = null

  events.on((event) => {
    if (event.type === 'job-changed') take(event.job)
  })
  events.onGap(() => {
    if (followed !== null)
      void ask('getJob', { jobId: followed }).then(take, (thrown: unknown) => (error.value = shapeOf(thrown)))
  })

  const isLooking = computed(() => job.value?.state === 'running')
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
    portals.value ??= await ask('listPortals', {}).catch(() => null)
  }

  /** Looks what is at an address; what was looked for before is left. */
  async function look(url: string): Promise<void> {
    await cancel()
    clear()
    try {
      const { jobId } = await ask('startDiscover', { url })
      followed = jobId
      take(await ask('getJob', { jobId }))
    } catch (thrown) {
      error.value = shapeOf(thrown)
    }
  }

  async function cancel(): Promise<void> {
    if (job.value !== null && isLooking.value) await ask('cancelJob', { jobId: job.value.id }).catch(() => null)
  }

  function clear(): void {
    followed = null
    job.value = null
    error.value = null
  }

  function close(): void {
    void cancel()
    start.value = null
  }

  return { start, job, error, portals, isLooking, found, open, look, cancel, clear, close }
})
