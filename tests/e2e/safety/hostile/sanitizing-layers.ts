import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { build } from 'vite'
import { sanitizeBody } from '../../../../src/core/text/sanitize'
import { root } from '../../support/paths'
import { type Observed, watchContext } from './watch-context'

/** The protection against hostile HTML that is on while all others are off (docs/security.md). */
export type Layer = 'none' | 'import' | 'display' | 'frame'

/** The number of frames that are in the page at the same time. */
const framesAtOnce = 40
const origin = 'https://layers.invalid'

/** Shows every hostile text in a real Chromium with only one protection, and returns what the texts did. */
export async function showThrough(browser: Browser, layer: Layer, payloads: readonly string[]): Promise<Observed> {
  const context = await browser.newContext()
  const seen = await watchContext(context, (url) => url.origin === origin || url.protocol === 'data:')
  const script = layer === 'display' ? await renderScript() : ''
  // The page around the frame has a policy that allows only frames of its own origin (src/core/pages.ts).
  const outer = layer === 'frame' ? `<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">` : ''
  const answers: Record<string, { contentType: string; body: string }> = {
    '/': {
      contentType: 'text/html',
      body: `<!doctype html>${outer}<title>x</title><script src="/render.js"></script>`,
    },
    '/render.js': { contentType: 'text/javascript; charset=utf-8', body: script },
  }
  await context.route(`${origin}/**`, (route) =>
    route.fulfill(answers[new URL(route.request().url()).pathname] ?? { status: 404, body: '' }),
  )
  const open = async (): Promise<Awaited<ReturnType<typeof context.newPage>>> => {
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    return page
  }
  let page = await open()
  const policy = layer === 'frame' ? articlePolicy() : ''
  for (let at = 0; at < payloads.length; at += framesAtOnce) {
    const batch = payloads.slice(at, at + framesAtOnce)
    const shown = layer === 'import' ? batch.map((payload) => sanitizeBody(payload)) : batch
    try {
      await page.evaluate(showBatch, { shown, layer, policy })
    } catch (thrown) {
      // Without any protection, a hostile text may close or replace the page. The control test expects this error.
      if (layer !== 'none') throw thrown
      await page.close()
      page = await open()
    }
  }
  await context.close()
  return seen
}

/**
 * Shows each text in a separate document, and triggers every event and click that a user could trigger. The function
 * runs in the page.
 */
async function showBatch({ shown, layer, policy }: { shown: string[]; layer: Layer; policy: string }): Promise<void> {
  const frames = shown.map((html) => {
    const frame = document.createElement('iframe')
    if (layer === 'frame') frame.setAttribute('sandbox', 'allow-same-origin')
    if (layer !== 'display') frame.srcdoc = `<!doctype html><head>${policy}</head><body>${html}</body>`
    document.body.append(frame)
    return { frame, html }
  })
  if (layer === 'display')
    for (const { frame, html } of frames) {
      const target = frame.contentDocument
      if (target !== null)
        (window as unknown as { renderInto(target: Document, html: string): void }).renderInto(target, html)
    }
  await new Promise((resolve) => setTimeout(resolve, 120))
  for (const { frame } of frames) {
    for (const element of frame.contentDocument?.querySelectorAll<HTMLElement>('*') ?? []) {
      // Methods are called through their prototypes, because the fields of a form may hide methods of the same name.
      for (const name of Element.prototype.getAttributeNames.call(element))
        if (name.startsWith('on'))
          EventTarget.prototype.dispatchEvent.call(element, new Event(name.slice(2), { bubbles: true }))
      // The user may follow a link to the web. The interface then cancels the click and asks its host to open the
      // address.
      if (layer === 'import' || layer === 'display')
        EventTarget.prototype.addEventListener.call(element, 'click', (event) => {
          if (/^(?:https?|mailto):/.test((event.currentTarget as HTMLAnchorElement).href)) event.preventDefault()
        })
      if (typeof element.click === 'function') element.click()
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 30))
  for (const { frame } of frames) frame.remove()
}

/** Returns the policy of the page that contains the article. */
function articlePolicy(): string {
  const html = readFileSync(join(root, 'src', 'renderer', 'article.html'), 'utf8')
  const policy = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/.exec(html)?.[0]
  if (policy === undefined) throw new Error('src/renderer/article.html has no policy')
  return policy
}

/** Returns the code with which the interface renders an article, bundled for an empty page. */
async function renderScript(): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(root, 'tests', 'e2e', 'safety', 'hostile', 'render-entry.ts'),
        formats: ['iife'],
        name: 'renderEntry',
      },
    },
  })
  const [bundle] = Array.isArray(output) ? output : []
  const chunk = bundle?.output[0]
  if (chunk?.type !== 'chunk') throw new Error('vite bundled no code')
  return chunk.code.replaceAll('</script', '<\\/script')
}
