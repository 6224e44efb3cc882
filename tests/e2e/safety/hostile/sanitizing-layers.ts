import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { build } from 'vite'
import { sanitizeBody } from '../../../../src/core/extract/sanitize'
import { root } from '../../support/paths'
import { type Seen, watch } from './watch-context'

/** Which layer of the article stands alone, the others switched off (SECURITY, Sanitising). */
export type Layer = 'none' | 'import' | 'display' | 'frame'

/** Frames at once in the page. */
const atOnce = 40
const origin = 'https://layers.invalid'

/** Shows every payload through one layer alone, in a real Chromium, and tells what was seen. */
export async function showThrough(browser: Browser, layer: Layer, payloads: readonly string[]): Promise<Seen> {
  const context = await browser.newContext()
  const seen = await watch(context, (url) => url.origin === origin || url.protocol === 'data:')
  const script = layer === 'display' ? await renderScript() : ''
  // The frame is part of a page whose own policy keeps its frames at home (src/core/pages.ts).
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
  for (let at = 0; at < payloads.length; at += atOnce) {
    const batch = payloads.slice(at, at + atOnce)
    const shown = layer === 'import' ? batch.map((payload) => sanitizeBody(payload)) : batch
    try {
      await page.evaluate(showBatch, { shown, layer, policy })
    } catch (thrown) {
      // Without any layer a payload may take the whole page away: that is what the control is for.
      if (layer !== 'none') throw thrown
      await page.close()
      page = await open()
    }
  }
  await context.close()
  return seen
}

/** In the page: each text in a document of its own, everything in it touched as a reader might. */
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
      // By the prototypes: a form may have fields that are called as what would be asked of it.
      for (const name of Element.prototype.getAttributeNames.call(element))
        if (name.startsWith('on'))
          EventTarget.prototype.dispatchEvent.call(element, new Event(name.slice(2), { bubbles: true }))
      // Links to the web are what a reader may follow; the interface hears of it and asks its host to open them.
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

/** The policy the article's shell brings along. */
function articlePolicy(): string {
  const html = readFileSync(join(root, 'src', 'renderer', 'article.html'), 'utf8')
  const policy = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/.exec(html)?.[0]
  if (policy === undefined) throw new Error('the article shell has no policy')
  return policy
}

/** The interface's own rendering, bundled for a bare page. */
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
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled')
  return chunk.code.replaceAll('</script', '<\\/script')
}
