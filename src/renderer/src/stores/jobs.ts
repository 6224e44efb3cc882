import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ImportResult, Job } from '../../../shared/contract/api'
import type { ErrorShape } from '../../../shared/errors'
import { callHost, events, getErrorShape } from '../bridge'
import { useArticle } from './article/article'
import { useHost } from './host'
import { fetchJob } from '../lib/fetch-job'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/** A file to import, as the page has it. */
export interface NamedFile {
  name: string
  file: Blob
}

type Failure = ImportResult['failed'][number]

/** Imports and checks of the library: progress, results, failures. */
export const useJobs = defineStore('jobs', () => {
  const importJob = shallowRef<Job | null>(null)
  const verifyJob = shallowRef<Job | null>(null)
  const backupJob = shallowRef<Job | null>(null)
  /** Where the browser fetches the backup when it is done. */
  let backupPage: string | null = null
  /** Files still being handed to the host. */
  const uploading = shallowRef<{ done: number; total: number } | null>(null)
  const failures = shallowRef<readonly Failure[]>([])
  /** Jobs this window began: only their ends are announced here. */
  const own = new Set<string>()
  let isCancelled = false

  events.on((event) => {
    if (event.type === 'job-changed') follow(event.job)
  })
  events.onGap(() => {
    for (const job of [importJob.value, verifyJob.value, backupJob.value])
      if (job?.state === 'running') void fetchJob(job).then((now) => now !== null && follow(now))
  })

  const isImporting = computed(() => uploading.value !== null || importJob.value?.state === 'running')

  function follow(job: Job): void {
    if (!own.has(job.id)) return
    if (job.kind === 'backup') return followBackup(job)
    if (job.kind === 'verify') verifyJob.value = job
    else importJob.value = job
    // An answer on its way may be older than this: a job that has ended is not followed on.
    if (job.state !== 'running' && job.kind === 'verify') own.delete(job.id)
    if (job.kind === 'verify' && job.state === 'failed' && job.error !== null) useToasts().show(job.error)
    if (job.kind === 'import' && job.state !== 'running') finishImport(job)
  }

  function finishImport(job: Extract<Job, { kind: 'import' }>): void {
    own.delete(job.id)
    if (job.error !== null) useToasts().show(job.error)
    const { added = [], revised = [], unchanged = [], failed = [] } = job.result ?? {}
    failures.value = [...failures.value, ...failed.filter(({ code }) => code !== 'cancelled')]
    const { say } = useSettings()
    if (added.length + revised.length > 0)
      useToasts().show(say('ui.imported', { count: added.length + revised.length }))
    else if (unchanged.length > 0) useToasts().show(say('ui.import-unchanged', { count: unchanged.length }))
    const only = [...added, ...revised, ...unchanged]
    if (only.length === 1 && only[0] !== undefined) void useArticle().open(only[0].id)
  }

  async function importFiles(files: readonly NamedFile[]): Promise<void> {
    if (files.length === 0 || isImporting.value) return
    failures.value = []
    isCancelled = false
    const handles: string[] = []
    try {
      for (const [done, { name, file }] of files.entries()) {
        if (isCancelled) return
        uploading.value = { done, total: files.length }
        const handle = await upload(name, file).catch((thrown: unknown) => fail(name, getErrorShape(thrown)))
        if (typeof handle === 'string') handles.push(handle)
      }
      if (handles.length === 0 || isCancelled) return
      const { jobId } = await callHost('startImport', { handles })
      own.add(jobId)
      follow(await callHost('getJob', { jobId }))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    } finally {
      uploading.value = null
    }
  }

  async function upload(name: string, file: Blob): Promise<string | null> {
    const { maxImportBytes } = useHost().host
    if (file.size > maxImportBytes)
      return fail(name, {
        code: 'too-large',
        message: 'upload',
        details: { name, limitMb: maxImportBytes / 1024 ** 2 },
      })
    const bytes = await file.arrayBuffer().catch(() => null)
    if (bytes === null) return fail(name, { code: 'unreadable', message: 'upload', details: { name } })
    return (await callHost('upload', { name, bytes: new Uint8Array(bytes) })).handle
  }

  function fail(path: string, { code, message, details }: ErrorShape): null {
    failures.value = [...failures.value, { path, code, message, details: { name: path, ...details } }]
    return null
  }

  async function cancelImport(): Promise<void> {
    isCancelled = true
    if (importJob.value?.state === 'running') await callHost('cancelJob', { jobId: importJob.value.id })
  }

  async function verify(): Promise<void> {
    try {
      const { jobId } = await callHost('startVerify', {})
      own.add(jobId)
      follow(await callHost('getJob', { jobId }))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  async function cancelVerify(): Promise<void> {
    if (verifyJob.value?.state === 'running') await callHost('cancelJob', { jobId: verifyJob.value.id })
  }

  function followBackup(job: Extract<Job, { kind: 'backup' }>): void {
    backupJob.value = job
    if (job.state === 'running') return
    own.delete(job.id)
    const { say } = useSettings()
    if (job.error !== null) useToasts().show(job.error)
    else if (job.result !== null) {
      const { bulletins, damaged } = job.result
      useToasts().show(say('ui.backed-up', { count: bulletins }))
      if (damaged > 0) useToasts().show(say('ui.backup-damaged', { count: damaged }))
      if (backupPage !== null) location.assign(backupPage)
    }
  }

  /** The whole library into one file, where the reader says. */
  async function backup(): Promise<void> {
    if (backupJob.value?.state === 'running') return
    try {
      const { jobId, page } = await callHost('startBackup', {})
      if (jobId === null) return
      backupPage = page
      own.add(jobId)
      follow(await callHost('getJob', { jobId }))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  async function cancelBackup(): Promise<void> {
    if (backupJob.value?.state === 'running') await callHost('cancelJob', { jobId: backupJob.value.id })
  }

  function dismissFailures(): void {
    failures.value = []
  }

  const state = { importJob, verifyJob, backupJob, uploading, failures, isImporting }
  return { ...state, importFiles, cancelImport, verify, cancelVerify, backup, cancelBackup, dismissFailures }
})
