import { EventEmitter } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PrintToPDFOptions } from 'electron'
import type { DevTools } from '../../src/cli/chromium/devtools.ts'
import { createCodec } from './codec.ts'
import { checkOptions } from './options.ts'
import { session, type ShimSession, toApp, toPage } from './session.ts'
import { isolatedWorld, mainWorld } from './worlds.ts'

const codec = createCodec()
const worldName = 'Electron Isolated Context'
/**
 * The permissions that a page may request. The handlers of the app decide about each permission, and the shim then sets
 * it in Chromium.
 */
const permissions = ['geolocation', 'notifications', 'audioCapture', 'videoCapture', 'midi', 'clipboardReadWrite']
let lastId = 0

interface Frame {
  id: string
  parentId?: string
  url: string
}
type InvokeHandler = (event: object, ...args: unknown[]) => unknown

/** The parts of the shim that a page uses: the browser, the handlers of its calls, and the user data folder. */
export interface ContentsHost {
  browser: Promise<DevTools>
  handlers: ReadonlyMap<string, InvokeHandler>
  userData: () => string
  onDestroyed: (contents: WebContents) => void
}

/** The options of a window that the shim supports. */
export interface ContentsOptions {
  width?: number
  height?: number
  webPreferences?: { preload?: string; session?: ShimSession; plugins?: boolean }
}

/** Creates an event with `preventDefault`, which the app can call. */
export function preventable(fields: Record<string, unknown>): Record<string, unknown> & { defaultPrevented: boolean } {
  const event = { ...fields, defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) }
  return event
}

/** A page of Chromium that behaves like Electron's WebContents. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session: ShimSession
  readonly attached: Promise<void>
  readonly #options: ContentsOptions
  readonly #host: ContentsHost
  readonly #frames = new Map<string, Frame>()
  readonly #worlds = new Map<number, string>()
  #browser: DevTools | null = null
  #target = ''
  #sessionId = ''
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  #isLoadingByApp = false
  #isDestroyed = false
  /**
   * The loaded PDF, and whether its viewer is ready. Chromium's viewer is an extension. It loads its files through the
   * session, and it navigates a frame. Before the viewer is ready, Electron prints an empty page without an error.
   */
  #pdf: { bytes: Buffer; isViewerReady: boolean } | null = null

  constructor(options: ContentsOptions, host: ContentsHost) {
    super()
    this.#options = options
    this.#host = host
    this.session = options.webPreferences?.session ?? session.defaultSession
    this.attached = this.#attach()
  }

  #send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    if (this.#browser === null) throw new Error('shim: the page is not attached yet')
    return this.#browser.send(method, params, this.#sessionId)
  }

  async #attach(): Promise<void> {
    const browser = await this.#host.browser
    this.#browser = browser
    this.#target = String((await browser.send('Target.createTarget', { url: 'about:blank' }))['targetId'])
    const attached = await browser.send('Target.attachToTarget', { targetId: this.#target, flatten: true })
    this.#sessionId = String(attached['sessionId'])
    this.#listen(browser)
    const { width = 800, height = 600, webPreferences } = this.#options
    await Promise.all([
      this.#send('Page.enable'),
      this.#send('Runtime.enable'),
      this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
      browser.send('Target.setDiscoverTargets', { discover: true }),
    ])
    for (const name of permissions) {
      const setting = (await this.session.isAllowed(this, name)) ? 'granted' : 'denied'
      await browser.send('Browser.setPermission', { permission: { name }, setting }).catch(() => undefined) // some versions of Chromium do not know every permission
    }
    const tag = `shim${Math.random().toString(36).slice(2)}`
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(mainWorld)})(${JSON.stringify(tag)})`,
    })
    if (webPreferences?.preload === undefined) return
    const preload = `(require, module, exports) => {\n${readFileSync(webPreferences.preload, 'utf8')}\n}`
    await this.#send('Runtime.addBinding', { name: 'shimSend', executionContextName: worldName })
    // In Electron without nodeIntegrationInSubFrames, the preload runs only in the top frame. The shim does the same.
    const source = `if (window === window.top) (${String(isolatedWorld)})(${JSON.stringify(tag)}, (${String(createCodec)})(), ${preload})`
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { worldName, source })
  }

  #listen(browser: DevTools): void {
    const on = <T>(method: string, listener: (params: T) => void): void =>
      void browser.on(method, (params: T, sessionId?: string) => {
        if (sessionId === this.#sessionId) listener(params)
      })
    on<{ frame: Frame }>('Page.frameNavigated', ({ frame }) => {
      this.#frames.set(frame.id, frame)
      if (frame.parentId === undefined) this.emit('did-navigate', {}, toApp(frame.url))
    })
    on<{ frameId: string; parentFrameId: string }>('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.#frames.set(frameId, { id: frameId, parentId: parentFrameId, url: 'about:blank' })
    })
    on<{ frameId: string }>('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId))
    on<{ context: { id: number; name: string; auxData: { frameId: string } } }>(
      'Runtime.executionContextCreated',
      ({ context }) => {
        if (context.name === worldName) this.#worlds.set(context.id, context.auxData.frameId)
      },
    )
    on<{ executionContextId: number }>('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#worlds.delete(executionContextId),
    )
    on<{ payload: string; executionContextId: number }>('Runtime.bindingCalled', (call) => void this.#invoke(call))
    on('Page.loadEventFired', () => {
      this.emit('did-finish-load')
      this.emit('ready-to-show')
    })
    on<PausedRequest>('Fetch.requestPaused', (request) => void this.#request(request))
    browser.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.#target) this.#handleDestroyed()
    })
    browser.on(
      'Target.targetCreated',
      ({ targetInfo }: { targetInfo: { targetId: string; openerId?: string; url: string } }) => {
        if (targetInfo.openerId !== this.#target) return
        const { action } = this.#openHandler({ url: toApp(targetInfo.url) })
        if (action === 'deny') void browser.send('Target.closeTarget', { targetId: targetInfo.targetId })
      },
    )
  }

  /** Returns a frame in the form in which the app gets it. Returns null if the frame no longer exists. */
  #frame(id: string | undefined): { url: string; origin: string; parent: object | null } | null {
    const frame = id === undefined ? undefined : this.#frames.get(id)
    if (frame === undefined) return null
    const url = toApp(frame.url)
    return { url, origin: url.split('/').slice(0, 3).join('/'), parent: this.#frame(frame.parentId) }
  }

  async #invoke({ payload, executionContextId }: { payload: string; executionContextId: number }): Promise<void> {
    const { id, channel, args } = JSON.parse(payload) as { id: number; channel: string; args: unknown }
    const senderFrame = this.#frame(this.#worlds.get(executionContextId))
    const reply = await this.#handle(channel, senderFrame, codec.decode(args) as unknown[])
    const expression = `shimReply(${id}, ${reply.isOk}, ${JSON.stringify(reply.value)})`
    await this.#send('Runtime.evaluate', { contextId: executionContextId, expression }).catch(() => undefined) // an error here means that the page was closed
  }

  async #handle(
    channel: string,
    senderFrame: object | null,
    args: unknown[],
  ): Promise<{ isOk: boolean; value: unknown }> {
    try {
      const handler = this.#host.handlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      const value: unknown = await handler({ sender: this, senderFrame }, ...args)
      return { isOk: true, value: codec.encode(structuredClone(value)) }
    } catch (thrown) {
      return { isOk: false, value: `Error invoking remote method '${channel}': ${String(thrown)}` }
    }
  }

  async #request({ requestId, request, resourceType, frameId }: PausedRequest): Promise<void> {
    const url = toApp(request.url)
    try {
      if (this.#isPreventedNavigation(url, resourceType, frameId)) return await this.#fail(requestId, 'Aborted')
      const details = { url, method: request.method, resourceType: resourceType.toLowerCase(), webContentsId: this.id }
      if (await this.session.isCancelled(details)) return await this.#fail(requestId, 'BlockedByClient')
      if (url === toApp(toPage(url)) && !/^https:\/\/[^/]+\.shim\//.test(request.url)) {
        await this.#send('Fetch.continueRequest', { requestId })
        return
      }
      const body = request.postData === undefined ? {} : { body: request.postData }
      const response = await this.session.answer(
        new Request(url, { method: request.method, headers: request.headers, ...body }),
      )
      if (response === null) return await this.#fail(requestId, 'Failed')
      if (response.headers.get('content-type') === 'application/pdf' && resourceType === 'Document') {
        const bytes = Buffer.from(await response.arrayBuffer())
        this.#pdf = { bytes, isViewerReady: await this.#canViewPdf(frameId) }
        await this.#send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: [], body: '' })
        return
      }
      await this.#send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      })
    } catch (thrown) {
      if (!this.#isDestroyed) process.stderr.write(`shim: ${url}: ${String(thrown)}\n`)
      await this.#fail(requestId, 'Failed').catch(() => undefined) // an error here means that the page was closed
    }
  }

  /** Whether the app allows Chromium's PDF viewer to load its files and to navigate. */
  async #canViewPdf(frameId: string): Promise<boolean> {
    if (process.env['SHIM_PDF_VIEWER'] === 'never' || this.#options.webPreferences?.plugins !== true) return false
    const url = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html'
    if (await this.session.isCancelled({ url, method: 'GET', resourceType: 'subFrame', webContentsId: this.id }))
      return false
    const event = preventable({ url, isMainFrame: false, frameId })
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  async #fail(requestId: string, errorReason: string): Promise<void> {
    await this.#send('Fetch.failRequest', { requestId, errorReason })
  }

  #isPreventedNavigation(url: string, resourceType: string, frameId: string): boolean {
    if (resourceType !== 'Document') return false
    const isMainFrame = this.#frames.get(frameId)?.parentId === undefined
    const isLoadedByApp = isMainFrame && this.#isLoadingByApp
    if (isMainFrame) this.#isLoadingByApp = false
    if (isLoadedByApp) return false
    const event = preventable({ url, isMainFrame })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, url)
    return event.defaultPrevented
  }

  #handleDestroyed(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.emit('destroyed')
    this.#host.onDestroyed(this)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler
  }
  getURL(): string {
    const top = [...this.#frames.values()].find(({ parentId }) => parentId === undefined)
    return top === undefined ? '' : toApp(top.url)
  }

  async loadURL(url: string): Promise<void> {
    await this.attached
    this.#isLoadingByApp = true
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    const { errorText } = await this.#send('Page.navigate', { url: toPage(url) })
    if (typeof errorText === 'string') throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  send(channel: string, ...args: unknown[]): void {
    const value = JSON.stringify(codec.encode(structuredClone(args)))
    for (const [contextId, frameId] of this.#worlds) {
      if (this.#frames.get(frameId)?.parentId !== undefined) continue
      const expression = `globalThis.shimEvent?.(${JSON.stringify(channel)}, ${value})`
      this.#send('Runtime.evaluate', { contextId, expression }).catch(() => undefined) // an error here means that the page was closed
    }
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const answer = await this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (answer['exceptionDetails'] !== undefined) throw new Error(`shim: ${expression} failed in the page`)
    return (answer['result'] as { value?: unknown }).value
  }

  async printToPDF(options: Record<string, unknown> = {}): Promise<Buffer> {
    checkOptions('PrintToPDFOptions', options)
    const { preferCSSPageSize, printBackground, generateTaggedPDF, generateDocumentOutline } = options
    const { margins, pageSize } = options as PrintToPDFOptions
    const { data } = await this.#send('Page.printToPDF', {
      preferCSSPageSize,
      printBackground,
      generateTaggedPDF,
      generateDocumentOutline,
      ...(typeof pageSize === 'object' ? { paperWidth: pageSize.width, paperHeight: pageSize.height } : {}),
      ...(margins === undefined
        ? {}
        : {
            marginTop: margins.top,
            marginBottom: margins.bottom,
            marginLeft: margins.left,
            marginRight: margins.right,
          }),
    })
    return Buffer.from(String(data), 'base64')
  }

  /** Returns one printer. Returns no printer if the environment variable SHIM_PRINTERS is 0. */
  getPrintersAsync(): Promise<object[]> {
    return Promise.resolve(process.env['SHIM_PRINTERS'] === '0' ? [] : [{ name: 'shim' }])
  }

  /**
   * Prints to the file <userData>/shim-printed/<n>.pdf. If the page is a PDF whose viewer is not ready, the printed
   * page is empty.
   */
  print(options: object, done?: (isPrinted: boolean, reason: string) => void): void {
    checkOptions('WebContentsPrintOptions', options)
    if (process.env['SHIM_PRINT'] === 'fail') return done?.(false, 'Print job failed')
    const folder = join(this.#host.userData(), 'shim-printed')
    mkdirSync(folder, { recursive: true })
    const printed =
      this.#pdf?.isViewerReady === true
        ? Promise.resolve(this.#pdf.bytes)
        : this.printToPDF({ preferCSSPageSize: true, printBackground: true })
    printed.then(
      (pdf) => {
        writeFileSync(join(folder, `${readdirSync(folder).length + 1}.pdf`), pdf)
        done?.(true, '')
      },
      (thrown: unknown) => done?.(false, String(thrown)),
    )
  }

  reload(): void {
    void this.#send('Page.reload')
  }
  isCrashed(): boolean {
    return false
  }

  close(): void {
    void this.attached.then(() => this.#browser?.send('Target.closeTarget', { targetId: this.#target }))
  }
}

interface PausedRequest {
  requestId: string
  request: { url: string; method: string; headers: Record<string, string>; postData?: string }
  resourceType: string
  frameId: string
}
