import { type Ref, shallowRef } from 'vue'
import type { PrintResult } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import { callHost, events, getErrorShape } from '../../bridge'
import type { Edition } from '../../lib/print/edition'
import { useHost } from '../../stores/host'
import { fetchJob, useJob } from '../use-job'

/** The time, in ms, without a change of the options after which a new preview starts. */
const restMs = 350

/** The preview of the print dialog. After each change of the options, the preview is made again. */
export interface PrintPreview {
  /** The pages that the preview shows. The old pages stay until the new pages are made. */
  preview: Ref<PrintResult | null>
  previewError: Ref<ErrorShape | null>
  isPreviewing: Ref<boolean>
  /** Makes the preview immediately. */
  refresh(): Promise<void>
  /**
   * Makes the preview when the options have not changed for {@link restMs}. With `isAtOnce`, makes the preview without
   * waiting.
   */
  schedule(isAtOnce?: boolean): void
  /** Returns the id of the job with the files of the preview. Returns null if the preview is not up to date. */
  finishedJobId(): string | null
  /** Ends and forgets the preview that is being made. */
  stop(): void
}

/** Makes previews of an edition for the print store. */
export function usePrintPreview(edition: Readonly<Ref<Edition>>): PrintPreview {
  const making = useJob('print')
  const preview = shallowRef<PrintResult | null>(null)
  const previewError = shallowRef<ErrorShape | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whether an option has changed since the last preview. */
  let isOutdated = false

  events.onGap(() => void renew())

  /** Makes the preview again if the host has forgotten the preview's job, because such a preview cannot be printed. */
  async function renew(): Promise<void> {
    const job = making.job.value
    if (job === null || job.state === 'running') return
    const now = await fetchJob(job)
    if (making.job.value === job && now?.state === 'failed') await refresh()
  }

  async function refresh(): Promise<void> {
    const { ids, revisions, options } = edition.value
    making.abandon()
    isOutdated = false
    if (!useHost().host.canMakePdf || ids.length === 0) {
      preview.value = null
      return
    }
    // The preview shows all pages in one file. Manual duplex would split the pages into two files.
    const shown = { ...options, sides: options.sides === 'hand' ? ('auto' as const) : options.sides }
    try {
      const job = await making.run(() => callHost('startPrint', { ids, revisions, options: shown, isPreview: true }))
      if (job === null || job.result === null) return
      preview.value = job.result
      previewError.value = null
    } catch (thrown) {
      preview.value = null
      previewError.value = getErrorShape(thrown)
    }
  }

  function schedule(isAtOnce = false): void {
    clearTimeout(timer)
    isOutdated = true
    timer = setTimeout(() => void refresh(), isAtOnce ? 0 : restMs)
  }

  function finishedJobId(): string | null {
    const job = making.job.value
    return !isOutdated && job?.state === 'done' && preview.value !== null ? job.id : null
  }

  function stop(): void {
    clearTimeout(timer)
    making.abandon()
  }

  const state = { preview, previewError, isPreviewing: making.isBusy }
  return { ...state, refresh, schedule, finishedJobId, stop }
}
