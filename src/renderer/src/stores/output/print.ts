import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Job, PrintResult } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import { maxPreviewBulletins, printDefaults, type PrintTemplate } from '../../../../shared/print/print-option-values'
import type { PrintOptions } from '../../../../shared/print/print-options'
import { type OutputBulletin, revisionsOf } from '../../lib/output-bulletin'
import { callHost, events, getErrorShape } from '../../bridge'
import { useHost } from '../host'
import { fetchJob } from '../../lib/fetch-job'
import { useSettings } from '../settings'

/** A bulletin of the edition, as the dialog lists it. */
export interface PrintEntry extends OutputBulletin {
  isTicked: boolean
}

type PrintJob = Extract<Job, { kind: 'print' }>

/** An option is often followed by the next: the preview waits this long, ms. */
const restMs = 350

/** The print dialog: what is printed, how, its preview, and the jobs that make it. */
export const usePrint = defineStore('print', () => {
  const isOpen = shallowRef(false)
  const entries = shallowRef<readonly PrintEntry[]>([])
  const options = shallowRef<PrintOptions>(printDefaults.a4)
  /** What the preview shows; the old one stays until the new one is there. */
  const preview = shallowRef<PrintResult | null>(null)
  const previewError = shallowRef<ErrorShape | null>(null)
  const isPreviewing = shallowRef(false)
  /** The job of "In" or "Lưu thành PDF…", where the preview is not all of it. */
  const work = shallowRef<PrintJob | null>(null)
  const error = shallowRef<ErrorShape | null>(null)
  /** Fronts have been printed; the stack is to be put back. */
  const turning = shallowRef<{ jobId: string; isTest: boolean; isBackPrinted: boolean } | null>(null)
  const saved = shallowRef<readonly string[]>([])
  let previewJob: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Rises with every preview: a late one never takes the place of a newer. */
  let latest = 0
  const waiting = new Map<string, (job: PrintJob) => void>()

  const ids = computed(() => entries.value.filter(({ isTicked }) => isTicked).map(({ id }) => id))
  const revisions = computed(() => revisionsOf(entries.value))
  const isWhole = computed(() => ids.value.length <= maxPreviewBulletins && options.value.sides !== 'hand')

  events.on((event) => {
    if (event.type !== 'job-changed' || event.job.kind !== 'print') return
    hear(event.job)
  })
  events.onGap(() => {
    for (const id of waiting.keys()) void fetchJob({ id, kind: 'print' }).then((now) => now !== null && hear(now))
    void renewPreview()
  })

  /** A preview that the host does not know any more can't be printed: it is made again. */
  async function renewPreview(): Promise<void> {
    if (!isOpen.value || previewJob === null || isPreviewing.value) return
    const mine = latest
    const now = await fetchJob({ id: previewJob, kind: 'print' })
    if (mine === latest && now?.state === 'failed') await refresh()
  }

  function hear(job: Job): void {
    if (job.kind !== 'print') return
    if (work.value?.id === job.id) work.value = job
    if (job.state === 'running') return
    waiting.get(job.id)?.(job)
    waiting.delete(job.id)
  }

  /** Waits for a job's end; what it failed with is thrown as it came. */
  async function ended(jobId: string): Promise<PrintResult | null> {
    const { promise, resolve } = Promise.withResolvers<PrintJob>()
    waiting.set(jobId, resolve)
    hear(await callHost('getJob', { jobId }))
    const job = await promise
    if (job.error !== null && job.state === 'failed') throw new PrintFailed(job.error)
    return job.result
  }

  function open(bulletins: readonly OutputBulletin[], template?: PrintTemplate): void {
    const { settings } = useSettings()
    entries.value = bulletins.map(({ id, title, version = null }) => ({ id, title, version, isTicked: true }))
    preview.value = null
    error.value = null
    work.value = null
    turning.value = null
    saved.value = []
    options.value = remembered(template ?? settings.printTemplate)
    isOpen.value = true
    void refresh()
  }

  function close(): void {
    isOpen.value = false
    clearTimeout(timer)
    latest += 1
    void cancel(previewJob)
    void cancel(work.value?.state === 'running' ? work.value.id : null)
    previewJob = null
  }

  function remembered(template: PrintTemplate): PrintOptions {
    const kept = Object.entries(useSettings().settings.printOptions[template] ?? {})
    return { ...printDefaults[template], ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)) }
  }

  function choose(template: PrintTemplate): void {
    options.value = remembered(template)
    void useSettings().change({ printTemplate: template })
    schedule(0)
  }

  /** Changes options of this template, and remembers them; pages and dates of a notice are of this print alone. */
  function change(changed: Partial<PrintOptions>): void {
    options.value = { ...options.value, ...changed }
    const { template, pages: _pages, postedFrom: _from, postedUntil: _until, ...kept } = options.value
    const { settings, change: keep } = useSettings()
    void keep({ printTemplate: template, printOptions: { ...settings.printOptions, [template]: kept } })
    schedule(restMs)
  }

  function setEntries(changed: readonly PrintEntry[]): void {
    entries.value = changed
    schedule(restMs)
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    saved.value = []
    timer = setTimeout(() => void refresh(), ms)
  }

  async function refresh(): Promise<void> {
    latest += 1
    const mine = latest
    void cancel(previewJob)
    previewJob = null
    if (!useHost().host.canMakePdf || ids.value.length === 0) {
      preview.value = null
      isPreviewing.value = false
      return
    }
    isPreviewing.value = true
    try {
      const { sides } = options.value
      const shown: PrintOptions = { ...options.value, sides: sides === 'hand' ? 'auto' : sides }
      const asked = { ids: ids.value, revisions: revisions.value, isPreview: true }
      const { jobId } = await callHost('startPrint', { ...asked, options: shown })
      if (mine !== latest) return void cancel(jobId)
      previewJob = jobId
      const result = await ended(jobId)
      if (mine !== latest || result === null) return
      preview.value = result
      previewError.value = null
    } catch (thrown) {
      if (mine === latest) {
        preview.value = null
        previewError.value = shapeOfPrint(thrown)
      }
    } finally {
      if (mine === latest) isPreviewing.value = false
    }
  }

  async function cancel(jobId: string | null): Promise<void> {
    if (jobId !== null) await callHost('cancelJob', { jobId }).catch(() => null)
  }

  /** The job that holds all that is to be printed: the preview, or a new one with progress. Null when it was cancelled. */
  async function whole(): Promise<string | null> {
    clearTimeout(timer)
    if (isWhole.value && !isPreviewing.value && preview.value !== null && previewJob !== null) return previewJob
    const asked = { ids: ids.value, revisions: revisions.value, isPreview: false }
    const { jobId } = await callHost('startPrint', { ...asked, options: options.value })
    const job = await callHost('getJob', { jobId })
    work.value = job.kind === 'print' ? job : null
    const result = await ended(jobId)
    work.value = null
    return result === null ? null : jobId
  }

  async function attempt(action: () => Promise<void>): Promise<void> {
    error.value = null
    try {
      await action()
    } catch (thrown) {
      error.value = shapeOfPrint(thrown)
      work.value = null
    }
  }

  function print(copies: number): Promise<void> {
    return attempt(async () => {
      if (!useHost().host.canMakePdf) return openPage(editionAddress(ids.value, revisions.value, options.value))
      const jobId = await whole()
      if (jobId === null) return
      await printOne(jobId, 0, copies)
      if (options.value.sides === 'hand') turning.value = { jobId, isTest: false, isBackPrinted: false }
    })
  }

  /** Tests, once, how the printer turns a stack. */
  function testTurn(): Promise<void> {
    return attempt(async () => {
      const { jobId } = await callHost('startTurnTest', {})
      if ((await ended(jobId)) === null) return
      await printOne(jobId, 0, 1)
      turning.value = { jobId, isTest: true, isBackPrinted: false }
    })
  }

  function printBack(copies: number): Promise<void> {
    return attempt(async () => {
      const now = turning.value
      if (now === null) return
      await printOne(now.jobId, 1, copies)
      turning.value = now.isTest ? { ...now, isBackPrinted: true } : null
    })
  }

  async function printOne(jobId: string, file: number, copies: number): Promise<void> {
    const { page } = await callHost('printFile', { jobId, file, copies })
    if (page !== null) openPage(page)
  }

  function save(): Promise<void> {
    return attempt(async () => {
      const jobId = await whole()
      if (jobId === null) return
      const { pages, saved: paths } = await callHost('saveFiles', { jobId })
      for (const page of pages) Object.assign(document.createElement('a'), { href: page, download: '' }).click()
      saved.value = paths
    })
  }

  const state = { isOpen, entries, options, preview, previewError, isPreviewing, work, error, turning, saved }
  const actions = { open, close, choose, change, setEntries, refresh, print, save, testTurn, printBack }
  return { ...state, ids, isWhole, ...actions, cancelWork: () => cancel(work.value?.id ?? null) }
})

class PrintFailed extends Error {
  readonly shape: ErrorShape

  constructor(shape: ErrorShape) {
    super(shape.message)
    this.shape = shape
  }
}

function shapeOfPrint(thrown: unknown): ErrorShape {
  return thrown instanceof PrintFailed ? thrown.shape : getErrorShape(thrown)
}

function openPage(address: string): void {
  window.open(address, '_blank', 'noopener')
}

/** The edition as a page of the host, with a button that opens the browser's own print dialog. */
function editionAddress(
  ids: readonly string[],
  revisions: Readonly<Record<string, number>>,
  options: PrintOptions,
): string {
  const bytes = new TextEncoder().encode(JSON.stringify(options))
  const text = btoa(String.fromCharCode(...bytes))
  const named = ids.map((id) => (revisions[id] === undefined ? id : `${id}@${revisions[id]}`))
  return `/print/${named.join(',')}/${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}
