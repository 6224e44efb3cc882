import { describe, expect, it } from 'vitest'
import { type BrowserEnd, waitForLastWindow, windowFlags } from '../../../../src/cli/app-window/browser-windows'
import { watchPages } from '../../../../src/cli/app-window/open-pages'
import type { App } from '../../../../src/core/app-interface'

const app: App = {
  call: () => Promise.reject(new Error('not used')),
  page: () => Promise.resolve(null),
  on: () => () => undefined,
  close: () => Promise.resolve(),
}
const signal = new AbortController().signal

describe('watchPages', () => {
  it('watchPages counts each page once, even if the page disconnects twice', () => {
    const pages = watchPages(app)
    const [first, second] = [pages.app.on(() => undefined), pages.app.on(() => undefined)]
    first()
    first()
    expect(pages.count()).toBe(1)
    second()
    expect(pages.count()).toBe(0)
  })
})

describe('waitForLastWindow', () => {
  const windows = (isRunning: () => boolean) => ({
    open: () => Promise.resolve({ code: 0 }),
    isRunning,
    close: () => undefined,
  })

  it('waitForLastWindow reports a failure if the browser ends with an error before it has shown a page', async () => {
    const first = Promise.resolve<BrowserEnd>({ code: 1 })
    const parts = { windows: windows(() => false), pages: watchPages(app), signal }
    expect(await waitForLastWindow(first, parts)).toBe('failed')
  })

  it.skipIf(process.platform === 'darwin')(
    'waitForLastWindow waits while the browser runs without a connected page, and returns after the browser has ended',
    async () => {
      const pages = watchPages(app)
      let isRunning = true
      let hasEnded = false
      const first = Promise.withResolvers<BrowserEnd>()
      const closed = waitForLastWindow(first.promise, { windows: windows(() => isRunning), pages, signal })
      void closed.then(() => (hasEnded = true))
      pages.app.on(() => undefined)()
      await pages.gone(2_500, signal)
      expect(hasEnded).toBe(false)
      isRunning = false
      first.resolve({ code: 0 })
      expect(await closed).toBe('closed')
    },
  )

  it('waitForLastWindow waits for the window of a browser that is already running', async () => {
    const pages = watchPages(app)
    const first = Promise.resolve<BrowserEnd>({ code: 0 })
    const closed = waitForLastWindow(first, { windows: windows(() => false), pages, signal })
    const disconnect = pages.app.on(() => undefined)
    disconnect()
    expect(await closed).toBe('closed')
  })

  it('waitForLastWindow returns when the user ends the program', async () => {
    const controller = new AbortController()
    const never = new Promise<BrowserEnd>(() => undefined)
    const parts = { windows: windows(() => true), pages: watchPages(app), signal: controller.signal }
    const closed = waitForLastWindow(never, parts)
    controller.abort()
    expect(await closed).toBe('closed')
  })
})

describe('windowFlags', () => {
  it('windowFlags contains a separate profile, and the switch that ends the browser with its last window', () => {
    const flags = windowFlags('http://127.0.0.1:1/', '/hồ sơ', 'win32')
    expect(flags).toEqual(expect.arrayContaining(['--app=http://127.0.0.1:1/', '--user-data-dir=/hồ sơ']))
    expect(flags).toContain('--disable-background-mode')
    expect(flags).not.toContain('--no-sandbox')
  })
})
