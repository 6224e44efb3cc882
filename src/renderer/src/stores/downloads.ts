import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AddResult, Job } from '../../../shared/contract/api'
import { callHost, events, getErrorShape } from '../bridge'
import { useArticle } from './article/article'
import { fetchJob } from '../lib/fetch-job'
import { useSettings } from './settings'
import { useToasts } from './toasts'

type Failure = AddResult['failed'][number]

/** Articles on their way from the web: what runs, what failed, what the dialog is offered. */
export const useDownloads = defineStore('downloads', () => {
  const job = shallowRef<Job | null>(null)
  const failures = shallowRef<readonly Failure[]>([])
  /** What stands in the dialog's field when it opens; null while it is closed. */
  const offered = shallowRef<string | null>(null)
  /** Jobs this window began: only their ends are announced here. */
  const own = new Set<string>()

  events.on((event) => {
    if (event.type === 'job-changed') follow(event.job)
  })
  events.onGap(() => {
    if (job.value?.state === 'running') void fetchJob(job.value).then((now) => now !== null && follow(now))
  })

  const isRunning = computed(() => job.value?.state === 'running')

  function follow(changed: Job): void {
    if (!own.has(changed.id)) return
    job.value = changed
    if (changed.state === 'running') return
    own.delete(changed.id)
    if (changed.error !== null && changed.error.code !== 'cancelled') useToasts().show(changed.error)
    // What was typed stays where nothing came of it.
    if (changed.kind === 'add' && changed.state !== 'failed') finishAdd(changed.result)
    else if (changed.kind === 'fetch-missing') finishMissing(changed)
  }

  function finishAdd(result: AddResult | null): void {
    const { added = [], revised = [], unchanged = [], failed = [] } = result ?? {}
    failures.value = failed.filter(({ code }) => code !== 'cancelled')
    const { say } = useSettings()
    const stored = [...added, ...revised]
    const missing = stored.reduce((sum, each) => sum + each.missing, 0)
    if (stored.length > 0)
      useToasts().show(
        [
          say('ui.downloaded', { count: stored.length }),
          ...(missing > 0 ? [say('ui.download-missing', { count: missing })] : []),
        ].join(' '),
      )
    else if (unchanged.length > 0) useToasts().show(say('ui.download-unchanged', { count: unchanged.length }))
    if (failed.length === 0) offered.value = null
    const only = [...stored, ...unchanged]
    if (only.length === 1 && only[0] !== undefined) void useArticle().open(only[0].id)
  }

  function finishMissing({ result }: Extract<Job, { kind: 'fetch-missing' }>): void {
    const { say } = useSettings()
    const { found = 0, failed = [] } = result ?? {}
    const [first] = failed
    if (found > 0) useToasts().show(say('ui.fetched-missing', { count: found }))
    else if (first !== undefined)
      useToasts().show(say('ui.still-missing', { reason: say(`error.${first.code}`, first.details) }))
  }

  async function begin(starting: Promise<{ jobId: string }>): Promise<void> {
    try {
      const { jobId } = await starting
      own.add(jobId)
      follow(await callHost('getJob', { jobId }))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  async function add(urls: readonly string[]): Promise<void> {
    if (urls.length === 0 || isRunning.value) return
    failures.value = []
    await begin(callHost('startAdd', { urls: [...urls] }))
  }

  function retry(): Promise<void> {
    return add(failures.value.map(({ url }) => url))
  }

  /** The reader's choice for an old office server: its certificate is accepted from now on. */
  async function acceptHost({ url, details }: Failure): Promise<void> {
    const host = URL.parse(String(details['url'] ?? url))?.hostname
    if (host === undefined) return
    const settings = useSettings()
    await settings.change({ acceptedHosts: [...new Set([...settings.settings.acceptedHosts, host])] })
    await retry()
  }

  function fetchMissing(id: string): Promise<void> {
    return isRunning.value ? Promise.resolve() : begin(callHost('startFetchMissing', { ids: [id] }))
  }

  async function cancel(): Promise<void> {
    if (job.value?.state === 'running') await callHost('cancelJob', { jobId: job.value.id }).catch(() => null)
  }

  /** Opens the dialog with this in its field. */
  function offer(text: string): void {
    offered.value = text
  }

  function closeDialog(): void {
    offered.value = null
  }

  function dismissFailures(): void {
    failures.value = []
  }

  const state = { job, failures, offered, isRunning }
  return { ...state, add, retry, acceptHost, fetchMissing, cancel, offer, closeDialog, dismissFailures }
})
