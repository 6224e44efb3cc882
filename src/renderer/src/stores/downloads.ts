import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AddResult, MissingResult } from '../../../shared/contract/api'
import { callHost } from '../bridge'
import { useJob } from '../composables/use-job'
import { useArticle } from './article/article'
import { attempt } from './report-error'
import { useSettings } from './settings'
import { useSourceDiscovery } from './sources/source-discovery'
import { useToasts } from './toasts'

type Failure = AddResult['failed'][number]

/** The downloads of bulletins, their failures, and the dialog in which the user enters addresses. */
export const useDownloads = defineStore('downloads', () => {
  const adding = useJob('add')
  const fetching = useJob('fetch-missing')
  const failures = shallowRef<readonly Failure[]>([])
  /** The text in the dialog's field when the dialog opens. The value is null while the dialog is closed. */
  const initialText = shallowRef<string | null>(null)
  /** The running download job. Only one such job runs at a time. The value is null if no job runs. */
  const job = computed(() => [adding.job.value, fetching.job.value].find((each) => each?.state === 'running') ?? null)
  const isRunning = computed(() => adding.isBusy.value || fetching.isBusy.value)

  async function add(urls: readonly string[]): Promise<void> {
    if (urls.length === 0 || isRunning.value) return
    failures.value = []
    const ended = await attempt(() => adding.run(() => callHost('startAdd', { urls: [...urls] })))
    // If the whole job failed, the dialog stays open and keeps the addresses.
    if (ended !== null) showAdded(ended.result)
  }

  function showAdded(result: AddResult | null): void {
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
    if (failed.length === 0) initialText.value = null
    const [first, ...others] = [...stored, ...unchanged]
    if (first !== undefined && others.length === 0) void useArticle().open(first.id)
  }

  function retry(): Promise<void> {
    return add(failures.value.map(({ url }) => url))
  }

  /**
   * Accepts the certificate of a host and tries the failed downloads again. The function is called only on the user's
   * request.
   */
  async function acceptHost({ url, details }: Failure): Promise<void> {
    const host = URL.parse(String(details['url'] ?? url))?.hostname
    if (host === undefined) return
    const settings = useSettings()
    await settings.change({ acceptedHosts: [...new Set([...settings.settings.acceptedHosts, host])] })
    await retry()
  }

  /** Opens the dialog that follows a source, at the address of a page that only lists bulletins. */
  function followInstead(failure: Failure): void {
    failures.value = failures.value.filter((each) => each !== failure)
    closeDialog()
    useSourceDiscovery().openAt(failure.url)
  }

  /** Downloads the files that a bulletin lacks. */
  async function fetchMissing(id: string): Promise<void> {
    if (isRunning.value) return
    const ended = await attempt(() => fetching.run(() => callHost('startFetchMissing', { ids: [id] })))
    if (ended !== null) showFetched(ended.result)
  }

  function showFetched(result: MissingResult | null): void {
    const { say } = useSettings()
    const { found = 0, failed = [] } = result ?? {}
    const [first] = failed
    if (found > 0) useToasts().show(say('ui.fetched-missing', { count: found }))
    else if (first !== undefined)
      useToasts().show(say('ui.still-missing', { reason: say(`error.${first.code}`, first.details) }))
  }

  async function cancel(): Promise<void> {
    await Promise.all([adding.cancel(), fetching.cancel()])
  }

  /** Opens the dialog with a text in its address field. */
  function offer(text: string): void {
    initialText.value = text
  }

  function closeDialog(): void {
    initialText.value = null
  }

  function dismissFailures(): void {
    failures.value = []
  }

  const state = { job, failures, initialText, isRunning }
  return { ...state, add, retry, acceptHost, followInstead, fetchMissing, cancel, offer, closeDialog, dismissFailures }
})
