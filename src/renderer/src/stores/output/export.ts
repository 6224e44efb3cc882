import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ExportResult } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import type { ExportFormat, ExportSwitch } from '../../../../shared/export/export-formats'
import { callHost, getErrorShape } from '../../bridge'
import { useJob } from '../../composables/use-job'
import { type OutputBulletin, revisionsOf } from '../../lib/output-bulletin'
import { saveJobFiles } from '../save-files'
import { useSettings } from '../settings'

/** The dialog "Xuất ra tệp": the bulletins, the format, and the job that exports the bulletins. */
export const useExport = defineStore('export', () => {
  const isOpen = shallowRef(false)
  const bulletins = shallowRef<readonly OutputBulletin[]>([])
  const exporting = useJob('export')
  const error = shallowRef<ErrorShape | null>(null)
  /**
   * The result of the last export, and the paths of the saved files. The list of paths is empty if the host has no
   * dialog to save files.
   */
  const done = shallowRef<{ result: ExportResult; saved: readonly string[] } | null>(null)

  function open(chosen: readonly OutputBulletin[]): void {
    bulletins.value = chosen
    exporting.abandon()
    error.value = null
    done.value = null
    isOpen.value = true
  }

  function close(): void {
    isOpen.value = false
    exporting.abandon()
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
    if (exporting.isBusy.value || bulletins.value.length === 0) return
    error.value = null
    done.value = null
    const { exportFormat: format, exportOptions: options } = useSettings().settings
    const ids = bulletins.value.map(({ id }) => id)
    const revisions = revisionsOf(bulletins.value)
    try {
      const job = await exporting.run(() => callHost('startExport', { ids, revisions, format, options }))
      if (job === null || job.result === null || job.state !== 'done') return
      const { saved, isDone } = await saveJobFiles(job.id)
      if (isDone) done.value = { result: job.result, saved }
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  const state = { isOpen, bulletins, job: exporting.job, error, done, isRunning: exporting.isBusy }
  return { ...state, open, close, choose, set, start, cancel: exporting.cancel }
})
