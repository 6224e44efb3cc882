import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import type { App } from '../../core/app-interface'
import { callMethod } from '../../core/call-method'
import { importPaths } from '../../core/import/import-paths'
import { waitForJob } from '../../core/wait-for-job'
import { printDefaults } from '../../shared/print/print-defaults'
import { appAddress } from '../security'

/** The parts of the started program that the self test uses. */
export interface SelfTestParts {
  library: App
  /** The folder of the bundled resources, which contains the sample bulletin. */
  resources: string
  /** Opens a window of the program that shows a bulletin. */
  openWindow(id: string): BrowserWindow
}

/** The result of one step. */
export interface StepResult {
  name: string
  ok: boolean
  ms: number
  /** What the step found, or the reason of its failure. */
  details: Record<string, string | number | boolean>
}

/** A step of the self test. Its function throws an error if the step fails. */
export interface Step {
  name: string
  run(): Promise<StepResult['details']>
}

/** Maximum time in ms that a page of the program may take to answer. */
const pageTimeoutMs = 60_000

/** Creates the steps: import in a worker thread, search, print to PDF, and read pages of the scheme in a window. */
export function createSteps({ library, resources, openWindow }: SelfTestParts): Step[] {
  const run = { signal: AbortSignal.timeout(pageTimeoutMs), onProgress: () => undefined }
  let id = ''
  let title = ''
  let threads = 0
  process.on('worker', () => threads++)
  return [
    {
      name: 'import',
      async run() {
        const file = join(resources, 'sample', 'bulletin-2020-09-08.txt')
        const { added, failed } = await importPaths(library, [file], run)
        id = added[0]?.id ?? fail(`the sample was not imported: ${JSON.stringify(failed)}`)
        ;({ title } = await callMethod(library, 'getBulletin', { id }))
        check(threads > 0, 'no worker thread was started')
        return { title, threads }
      },
    },
    {
      name: 'search',
      async run() {
        const query = { query: 'thi dua yeu nuoc', filter: {}, offset: 0, limit: 10 }
        const { items } = await callMethod(library, 'searchBulletins', query)
        check(
          items.some((item) => item.id === id),
          'the sample was not found',
        )
        return { hits: items.length }
      },
    },
    {
      name: 'print',
      async run() {
        const order = { ids: [id], options: printDefaults.a4, isPreview: false }
        const { jobId } = await callMethod(library, 'startPrint', order)
        const job = await waitForJob(library, jobId, run)
        const file = job.kind === 'print' ? job.result?.files[0] : undefined
        if (file === undefined) return fail('the print made no file')
        const bytes = await bytesOf(await library.page(file.path))
        check(bytes.subarray(0, 5).toString('latin1') === '%PDF-', 'the printed file is not a PDF')
        return { pages: file.pages, bytes: bytes.length }
      },
    },
    {
      name: 'window',
      async run() {
        const { webContents } = openWindow(id)
        await untilLoaded(webContents)
        const shown: unknown = await within(webContents.executeJavaScript(readPage))
        const { statuses, bytes, name, isOpen } = shown as Record<string, unknown>
        check(webContents.getURL().startsWith(appAddress), `the window shows ${webContents.getURL()}`)
        check(String(statuses) === '200,200' && Number(bytes) > 0, `its pages answered ${String(statuses)}`)
        check(name === title, `the bridge named the bulletin ${String(name)}`)
        check(isOpen === true, 'the window does not show the bulletin')
        const icon = await readFile(join(resources, 'icon.png'))
        check(icon.length > 0, 'the icon is empty')
        return { bytes: Number(bytes) }
      },
    },
  ]
}

/**
 * The script that runs in a window. It reads pages of the scheme, calls the preload bridge, and waits until the
 * bulletin is shown.
 */
const readPage = `(async () => {
  const pages = await Promise.all(['index.html', 'article.html'].map((name) => fetch(name)))
  const statuses = pages.map(({ status }) => status)
  if (pages.some(({ ok }) => !ok)) return { statuses }
  const id = location.hash.slice(1) || history.state?.openId
  const answer = await window.bantin.call('getBulletin', { id })
  const isShown = () => document.querySelector('iframe') !== null
  for (let tries = 0; tries < 200 && !isShown(); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  const bytes = (await pages[1].text()).length
  return { statuses, bytes, name: answer.value?.title, isOpen: isShown() }
})()`

function untilLoaded(contents: WebContents): Promise<unknown> {
  return within(
    new Promise((resolve, reject) => {
      contents.once('did-finish-load', () => resolve(null))
      contents.once('did-fail-load', (_event, code, reason) => reject(new Error(`load: ${reason} (${code})`)))
    }),
  )
}

/** Waits for an answer of a page. Throws an error if the answer takes longer than {@link pageTimeoutMs}. */
async function within<T>(step: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`a page did not answer within ${pageTimeoutMs} ms`)), pageTimeoutMs)
  })
  return Promise.race([step, late]).finally(() => clearTimeout(timer))
}

async function bytesOf(response: Response | null): Promise<Buffer> {
  if (response === null) throw new Error('the page does not exist')
  return Buffer.from(await response.arrayBuffer())
}

function check(isTrue: boolean, problem: string): void {
  if (!isTrue) fail(problem)
}

function fail(problem: string): never {
  throw new Error(`self test: ${problem}`)
}
