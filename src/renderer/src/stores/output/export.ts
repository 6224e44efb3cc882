import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ExportResult, Job } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import type { ExportFormat, ExportSwitch } from '../../../../shared/export/export-formats'
import { type OutputBulletin, revisionsOf } from '../../lib/output-bulletin'
import { callHost, events, getErrorShape } from '../../bridge'
import { fetchJob } from '../../lib/fetch-job'
import { useSettings } from '../settings'

type ExportJob = Extract<Job, { kind: 'export' }>

/** The dialog "Xuất ra tệp": what is exported, as what, and the job that does it. */
export const useExport = defineStore('export', () => {
  const isOpen = shallowRef(false)
  const bulletins = shallowRef<readonly OutputBulletin[]>([])
  const job = shallowRef<ExportJob | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  /** What was made and handed over, and where a host with dialogs has saved it. */
  const done = shallowRef<{ result: ExportResult; saved: readonly string[] } | null>(null)
  const isRunning = computed(() => job.value?.state === 'running')
  /** Jobs that have begun and were not seen to end: an event and an answer may both say so. */
  const own = new Set<string>()

  events.on((event) => {
    if (event.type === 'job-changed') follow(event.job)
  })
  events.onGap(() => {
    for (const id of own) void fetchJob({ id, kind: 'export' }).then((now) => now !== null && follow(now))
  })

  function follow(changed: Job): void {
    if (changed.kind !== 'export' || !own.has(changed.id)) return
    job.value = changed
    if (changed.state === 'running') return
    own.delete(changed.id)
    if (changed.state === 'failed') error.value = changed.error
    else if (changed.state === 'done' && changed.result !== null) void saveExport(changed.id, changed.result)
  }

  /** By the host's dialog, or as downloads of the browser. */
  async function saveExport(jobId: string, result: ExportResult): Promise<void> {
    try {
      const { pages, saved } = await callHost('saveFiles', { jobId })
      for (const page of pages) Object.assign(document.createElement('a'), { href: page, download: '' }).click()
      // The reader may have decided otherwise.
      if (pages.length + saved.length > 0) done.value = { result, saved }
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  function open(chosen: readonly OutputBulletin[]): void {
    bulletins.value = chosen
    job.value = null
    error.value = null
    done.value = null
    isOpen.value = true
  }

  function close(): void {
    isOpen.value = false
    void cancel()
  }

  function choose(exportFormat: ExportFormat): void {
    done.value = null
    void useSettings().change({ exportFormat })
  }

  function set(name: ExportSwitch, isOn: boolean): void {
    const { settings, change } = useSettings()
    done.value = null
    void change({ exportOptions: { ...settings.exportOptions, [name]: isOn } })
  }

  async function start(): Promise<void> {
    if (isRunning.value || bulletins.value.length === 0) return
    error.value = null
    done.value = null
    const { exportFormat: format, exportOptions: options } = useSettings().settings
    const ids = bulletins.value.map(({ id }) => id)
    try {
      const { jobId } = await callHost('startExport', { ids, revisions: revisionsOf(bulletins.value), format, options })
      own.add(jobId)
      follow(await callHost('getJob', { jobId }))
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  async function cancel(): Promise<void> {
    for (const jobId of own) await callHost('cancelJob', { jobId }).catch(() => null)
  }

  return { isOpen, bulletins, job, error, done, isRunning, open, close, choose, set, start, cancel }
})
