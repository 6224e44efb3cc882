import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { printDefaults } from '../../../../shared/print/print-defaults'
import type { PrintTemplate } from '../../../../shared/print/print-option-values'
import type { PrintOptions } from '../../../../shared/print/print-options'
import { usePrintPreview } from '../../composables/print/use-print-preview'
import { usePrintRun } from '../../composables/print/use-print-run'
import { type OutputBulletin, revisionsOf } from '../../lib/output-bulletin'
import type { Edition } from '../../lib/print/edition'
import { useSettings } from '../settings'

/** A bulletin of the edition, as the print dialog lists it. */
export interface PrintEntry extends OutputBulletin {
  isTicked: boolean
}

/**
 * The print dialog: the bulletins and the options of an edition, its preview, and the jobs that print or save the
 * edition.
 */
export const usePrint = defineStore('print', () => {
  const isOpen = shallowRef(false)
  const entries = shallowRef<readonly PrintEntry[]>([])
  const options = shallowRef<PrintOptions>(printDefaults.a4)
  const ids = computed(() => entries.value.filter(({ isTicked }) => isTicked).map(({ id }) => id))
  const edition = computed<Edition>(() => ({
    ids: ids.value,
    revisions: revisionsOf(entries.value),
    options: options.value,
  }))
  const { preview, previewError, isPreviewing, ...previewing } = usePrintPreview(edition)
  const { reset, ...run } = usePrintRun(edition, previewing.finishedJobId)

  function open(bulletins: readonly OutputBulletin[], template?: PrintTemplate): void {
    entries.value = bulletins.map(({ id, title, version = null }) => ({ id, title, version, isTicked: true }))
    preview.value = null
    reset()
    options.value = lastOptions(template ?? useSettings().settings.printTemplate)
    isOpen.value = true
    void previewing.refresh()
  }

  function close(): void {
    isOpen.value = false
    previewing.stop()
    reset()
  }

  /** Returns the options that were used last with a template. */
  function lastOptions(template: PrintTemplate): PrintOptions {
    const stored = Object.entries(useSettings().settings.printOptions[template] ?? {})
    return { ...printDefaults[template], ...Object.fromEntries(stored.filter(([, value]) => value !== undefined)) }
  }

  function choose(template: PrintTemplate): void {
    options.value = lastOptions(template)
    void useSettings().change({ printTemplate: template })
    showChange(true)
  }

  /**
   * Changes options and stores the new options for the template. The page range and the posting dates are not stored,
   * because both belong to one edition only.
   */
  function change(changed: Partial<PrintOptions>): void {
    options.value = { ...options.value, ...changed }
    const { template, pages: _pages, postedFrom: _from, postedUntil: _until, ...stored } = options.value
    const { settings, change: store } = useSettings()
    void store({ printTemplate: template, printOptions: { ...settings.printOptions, [template]: stored } })
    showChange()
  }

  function setEntries(changed: readonly PrintEntry[]): void {
    entries.value = changed
    showChange()
  }

  function showChange(isAtOnce = false): void {
    run.saved.value = []
    previewing.schedule(isAtOnce)
  }

  const state = { isOpen, entries, options, ids, preview, previewError, isPreviewing }
  return { ...state, ...run, open, close, choose, change, setEntries }
})
