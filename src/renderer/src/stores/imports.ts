import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ImportResult } from '../../../shared/contract/api'
import type { ErrorShape } from '../../../shared/errors'
import { callHost, getErrorShape } from '../bridge'
import { useJob } from '../composables/use-job'
import type { NamedFile } from '../lib/dropped-files'
import { useArticle } from './article/article'
import { useHost } from './host'
import { reportError } from './report-error'
import { useSettings } from './settings'
import { useToasts } from './toasts'

type Failure = ImportResult['failed'][number]

/** The imports of files, with their upload, progress, result and failures. */
export const useImports = defineStore('imports', () => {
  const importing = useJob('import')
  /** The progress of the upload of files to the host. */
  const uploading = shallowRef<{ done: number; total: number } | null>(null)
  const failures = shallowRef<readonly Failure[]>([])
  const isImporting = computed(() => uploading.value !== null || importing.isBusy.value)
  let isCancelled = false

  async function importFiles(files: readonly NamedFile[]): Promise<void> {
    if (files.length === 0 || isImporting.value) return
    failures.value = []
    isCancelled = false
    try {
      const handles = await uploadAll(files)
      if (handles.length === 0 || isCancelled) return
      const job = await importing.run(() => callHost('startImport', { handles }))
      if (job?.error != null) reportError(job.error)
      if (job !== null) showResult(job.result)
    } catch (thrown) {
      reportError(thrown)
    } finally {
      uploading.value = null
    }
  }

  /** Uploads the files one after another. Returns the handles of the uploaded files, and records the failures. */
  async function uploadAll(files: readonly NamedFile[]): Promise<string[]> {
    const handles: string[] = []
    for (const [done, { name, file }] of files.entries()) {
      if (isCancelled) break
      uploading.value = { done, total: files.length }
      const handle = await upload(name, file).catch((thrown: unknown) => fail(name, getErrorShape(thrown)))
      if (handle !== null) handles.push(handle)
    }
    return handles
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

  function showResult(result: ImportResult | null): void {
    const { added = [], revised = [], unchanged = [], failed = [] } = result ?? {}
    failures.value = [...failures.value, ...failed.filter(({ code }) => code !== 'cancelled')]
    const { say } = useSettings()
    const stored = [...added, ...revised]
    if (stored.length > 0) useToasts().show(say('ui.imported', { count: stored.length }))
    else if (unchanged.length > 0) useToasts().show(say('ui.import-unchanged', { count: unchanged.length }))
    const [first, ...others] = [...stored, ...unchanged]
    if (first !== undefined && others.length === 0) void useArticle().open(first.id)
  }

  async function cancelImport(): Promise<void> {
    isCancelled = true
    await importing.cancel()
  }

  function dismissFailures(): void {
    failures.value = []
  }

  const state = { importJob: importing.job, isJobBusy: importing.isBusy, uploading, failures, isImporting }
  return { ...state, importFiles, cancelImport, dismissFailures }
})
