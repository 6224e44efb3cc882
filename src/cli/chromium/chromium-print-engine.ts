import { tmpdir } from 'node:os'
import { asWriteError } from '../../core/files'
import type { PrintEngine } from '../../core/ports'
import { cancellation } from '../../core/outputs/cancellation'
import { createTemporaryFolder } from '../../core/temporary-folders'
import { AppError } from '../../shared/errors'
import { DevTools, withTimeout } from './devtools'
import { findChromium } from './find-chromium'

/** A function that returns the files that an edition loads: stylesheets, fonts and pictures. */
type PageSource = (path: string) => Promise<Response | null>

/**
 * The origin of the pages in Chromium. No name server knows this origin. The program answers every request to this
 * origin and refuses all other requests.
 */
const origin = 'http://edition.invalid'
/** The timeout for printing one part, in ms. On an old machine, a part of 200 long bulletins takes a minute. */
const printTimeoutMs = 300_000

/**
 * Starts a Chromium of this machine and prints editions (printable HTML pages) to PDF. The PDF has tags and an outline,
 * and the CSS sets the page size. No request leaves the machine, because a request that the program does not answer
 * fails. Throws `no-chromium` if no Chromium was found. The detail `tried` lists the tried paths. Throws `print-failed`
 * if Chromium does not start. Throws `disk-full` if there is no space for the profile of Chromium. The `print` method
 * of the engine throws `print-failed` and `cancelled`.
 */
export async function openChromium(page: PageSource): Promise<PrintEngine> {
  const { path, tried } = findChromium(process.env, process.platform)
  if (path === null) throw new AppError('no-chromium', 'print: no Chromium found', { tried: tried.join(', ') })
  const createProfile = (): string => createTemporaryFolder('chromium')
  const browser = await DevTools.launch(path, { createProfile }).catch((cause: unknown) => {
    const error = asWriteError(cause, 'start Chromium', tmpdir())
    if (error.code === 'disk-full') throw error
    throw new AppError('print-failed', 'print: Chromium did not start', { path }, { cause })
  })
  return {
    async print(html, policy, signal) {
      const stop = cancellation(signal)
      try {
        const document = new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
        })
        const printing = printIn(browser, async (address) => (address === '/' ? document : page(address)))
        return await withTimeout(printTimeoutMs, 'print', Promise.race([printing, stop.cancelled]))
      } catch (thrown) {
        if (thrown instanceof AppError) throw thrown
        throw new AppError('print-failed', `print: ${String(thrown)}`, {}, { cause: thrown })
      } finally {
        stop.end()
      }
    },
    close: () => browser.close(),
  }
}

/** Prints one edition in a new tab, and always closes the tab afterwards. */
async function printIn(browser: DevTools, page: PageSource): Promise<Uint8Array> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const { promise: loaded, resolve: onLoad } = Promise.withResolvers<void>()
  const { promise: failed, reject: onFailure } = Promise.withResolvers<never>()
  failed.catch(() => undefined) // the race below handles the first error, and later errors have no effect
  const onPaused = (params: PausedRequest, from?: string): void => {
    if (from === session) answer(browser, session, params, page).catch(onFailure)
  }
  const onLoaded = (_params: unknown, from?: string): void => {
    if (from === session) onLoad()
  }
  browser.on('Fetch.requestPaused', onPaused)
  browser.on('Page.loadEventFired', onLoaded)
  try {
    await browser.send('Page.enable', {}, session)
    await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, session)
    await browser.send('Page.navigate', { url: `${origin}/` }, session)
    await Promise.race([loaded, failed])
    // This loop asks Chromium over the DevTools protocol until the fonts have loaded, because an edition has no script
    // that could report this.
    const ready = { expression: 'document.fonts.ready.then(() => true)', awaitPromise: true }
    await Promise.race([browser.send('Runtime.evaluate', ready, session), failed])
    const { stream } = await browser.send('Page.printToPDF', pdfOptions, session)
    return await readStream(browser, String(stream), session)
  } finally {
    browser.off('Fetch.requestPaused', onPaused)
    browser.off('Page.loadEventFired', onLoaded)
    browser.send('Target.closeTarget', { targetId }).catch(() => undefined) // the browser may have ended already
  }
}

const pdfOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
  transferMode: 'ReturnAsStream',
}

interface PausedRequest {
  requestId: string
  request: { url: string; method: string }
}

async function answer(
  browser: DevTools,
  session: string,
  { requestId, request }: PausedRequest,
  page: PageSource,
): Promise<void> {
  const url = new URL(request.url)
  const response = url.origin === origin && request.method === 'GET' ? await page(url.pathname) : null
  if (response === null) {
    await browser.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, session)
    return
  }
  await browser.send(
    'Fetch.fulfillRequest',
    {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    },
    session,
  )
}

async function readStream(browser: DevTools, handle: string, session: string): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for (;;) {
    const { data, base64Encoded, eof } = await browser.send('IO.read', { handle, size: 1 << 20 }, session)
    parts.push(Buffer.from(String(data), base64Encoded === true ? 'base64' : 'utf8'))
    if (eof === true) return Buffer.concat(parts)
  }
}
