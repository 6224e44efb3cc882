import { AppError } from '../shared/errors'
import { DevTools, within } from './devtools'
import { findChromium } from './find-chromium'

/** A page of the program to print, and where its parts come from. */
export interface PdfRequest {
  /** The edition. */
  html: string
  /** Content security policy of the edition. */
  policy: string
  /** Answers for everything the edition loads (stylesheets, fonts, pictures). */
  page(path: string): Promise<Response | null>
  signal: AbortSignal
  timeoutMs?: number
}

/** An origin that no name server knows: every request for it is answered by us, and every other one refused. */
const origin = 'http://edition.invalid'
const defaultTimeoutMs = 120_000

/**
 * Prints an edition to PDF with a Chromium of this machine: tagged, outlined, page sizes from its CSS. Nothing leaves
 * the machine: each request is answered by this program or fails. Throws `no-chromium` (details: tried),
 * `print-failed`, `cancelled`.
 */
export async function printPdf({
  html,
  policy,
  page,
  signal,
  timeoutMs = defaultTimeoutMs,
}: PdfRequest): Promise<Uint8Array> {
  const { path, tried } = findChromium(process.env, process.platform)
  if (path === null) throw new AppError('no-chromium', 'print: no Chromium found', { tried: tried.join(', ') })
  const browser = await DevTools.launch(path).catch((cause: unknown) => {
    throw new AppError('print-failed', 'print: Chromium did not start', { path }, { cause })
  })
  const cancelled = new Promise<never>((_resolve, reject) => {
    const cancel = (): void => reject(new AppError('cancelled', 'print: cancelled'))
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
  })
  try {
    const document = new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    })
    const printing = printIn(browser, async (address) => (address === '/' ? document : page(address)))
    return await within(timeoutMs, 'print', Promise.race([printing, cancelled]))
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError('print-failed', `print: ${String(thrown)}`, {}, { cause: thrown })
  } finally {
    await browser.close()
  }
}

async function printIn(browser: DevTools, page: (path: string) => Promise<Response | null>): Promise<Uint8Array> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const loaded = new Promise((resolve) => browser.once('Page.loadEventFired', resolve))
  browser.on('Fetch.requestPaused', (params: PausedRequest) => {
    answer(browser, session, params, page).catch((thrown: unknown) => browser.emit('failed', thrown))
  })
  const failed = new Promise<never>((_resolve, reject) => browser.once('failed', reject))
  await browser.send('Page.enable', {}, session)
  await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, session)
  await browser.send('Page.navigate', { url: `${origin}/` }, session)
  await Promise.race([loaded, failed])
  // The edition has no scripts of its own; this asks from outside until its fonts are there.
  const ready = { expression: 'document.fonts.ready.then(() => true)', awaitPromise: true }
  await Promise.race([browser.send('Runtime.evaluate', ready, session), failed])
  const { stream } = await browser.send(
    'Page.printToPDF',
    {
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      transferMode: 'ReturnAsStream',
    },
    session,
  )
  return readStream(browser, String(stream), session)
}

interface PausedRequest {
  requestId: string
  request: { url: string; method: string }
}

async function answer(
  browser: DevTools,
  session: string,
  { requestId, request }: PausedRequest,
  page: (path: string) => Promise<Response | null>,
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
