import { type Ref, shallowRef } from 'vue'
import { maxPreviewBulletins } from '../../../../shared/print/print-option-values'
import type { ErrorShape } from '../../../../shared/errors'
import { callHost, getErrorShape } from '../../bridge'
import { type Edition, editionAddress } from '../../lib/print/edition'
import { useHost } from '../../stores/host'
import { useSettings } from '../../stores/settings'
import { useToasts } from '../../stores/toasts'
import { saveJobFiles } from '../../stores/save-files'
import { followJob, type JobOf, useJob } from '../use-job'
import type { PrintPreview } from './use-print-preview'

/**
 * A stack of sheets whose fronts are printed. The user puts the stack back into the tray by hand to print the backs.
 */
export interface ManualDuplex {
  jobId: string
  /** The two pages that teach how the printer turns a stack. */
  isTest: boolean
  isBackPrinted: boolean
}

/** The functions that print and save an edition, and the state of this work. */
export interface PrintRun {
  /** The job that makes the whole edition. The value is null if the preview already contains the whole edition. */
  work: Ref<JobOf<'print'> | null>
  isWorking: Ref<boolean>
  error: Ref<ErrorShape | null>
  turning: Ref<ManualDuplex | null>
  /** The paths of the files that were saved last. */
  saved: Ref<readonly string[]>
  print(copies: number): Promise<void>
  printBack(copies: number): Promise<void>
  /** Prints the two pages that teach how the printer turns a stack. */
  testTurn(): Promise<void>
  save(): Promise<void>
  cancelWork(): Promise<void>
  /** Ends the running job, and clears the results of the last edition. */
  reset(): void
}

/** Prints and saves an edition for the print store. If the preview is complete, uses the files of the preview. */
export function usePrintRun(
  edition: Readonly<Ref<Edition>>,
  finishedPreviewJobId: PrintPreview['finishedJobId'],
): PrintRun {
  const making = useJob('print')
  const error = shallowRef<ErrorShape | null>(null)
  const turning = shallowRef<ManualDuplex | null>(null)
  const saved = shallowRef<readonly string[]>([])

  /**
   * Returns the job with all files of the edition. If the preview contains the whole edition, this is the preview's
   * job. Otherwise a new job with progress makes the files. Returns null if the user cancelled the new job.
   */
  async function makeFiles(): Promise<string | null> {
    const { ids, revisions, options } = edition.value
    const isPreviewWhole = ids.length <= maxPreviewBulletins && options.sides !== 'hand'
    const previewed = isPreviewWhole ? finishedPreviewJobId() : null
    if (previewed !== null) return previewed
    const job = await making.run(() => callHost('startPrint', { ids, revisions, options, isPreview: false }))
    return job === null || job.result === null ? null : job.id
  }

  async function run(action: () => Promise<void>): Promise<void> {
    error.value = null
    try {
      await action()
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  function print(copies: number): Promise<void> {
    return run(async () => {
      if (!useHost().host.canMakePdf) return openPage(editionAddress(edition.value))
      const jobId = await makeFiles()
      if (jobId === null) return
      await printFile(jobId, 0, copies)
      if (edition.value.options.sides === 'hand') turning.value = { jobId, isTest: false, isBackPrinted: false }
    })
  }

  function testTurn(): Promise<void> {
    return run(async () => {
      const { jobId } = await callHost('startTurnTest', {})
      if ((await followJob('print', jobId)).result === null) return
      await printFile(jobId, 0, 1)
      turning.value = { jobId, isTest: true, isBackPrinted: false }
    })
  }

  function printBack(copies: number): Promise<void> {
    return run(async () => {
      const now = turning.value
      if (now === null) return
      await printFile(now.jobId, 1, copies)
      turning.value = now.isTest ? { ...now, isBackPrinted: true } : null
    })
  }

  function save(): Promise<void> {
    return run(async () => {
      const jobId = await makeFiles()
      if (jobId !== null) saved.value = (await saveJobFiles(jobId)).saved
    })
  }

  function reset(): void {
    making.abandon()
    error.value = null
    turning.value = null
    saved.value = []
  }

  const state = { work: making.job, isWorking: making.isBusy, error, turning, saved }
  return { ...state, print, printBack, testTurn, save, cancelWork: making.cancel, reset }
}

/**
 * Prints one file of a job. A host without a printer returns a page that opens the browser's print dialog for the file.
 */
async function printFile(jobId: string, file: number, copies: number): Promise<void> {
  const { page, isOpenedInViewer } = await callHost('printFile', { jobId, file, copies })
  if (isOpenedInViewer) useToasts().show(useSettings().say('print.opened-in-viewer'))
  if (page !== null) openPage(page)
}

function openPage(address: string): void {
  window.open(address, '_blank', 'noopener')
}
