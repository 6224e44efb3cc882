// These tests export hostile bulletins and open the exported files in a browser without the program. Each file is
// opened with and without its content security policy.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { marked } from 'marked'
import { epub } from '../../../src/core/export/epub'
import type { ExportContext, ExportItem, Format } from '../../../src/core/export/format'
import { html } from '../../../src/core/export/html'
import { markdown } from '../../../src/core/export/markdown'
import type { Bulletin } from '../../../src/shared/bulletin'
import { translate } from '../../../src/shared/locales/translate'
import { chromiumPath, chromiumFlags } from '../support/chromium'
import { type Observed, watchContext } from './hostile/watch-context'
import { noSharedPayloads, payloads } from './hostile/payloads'
import { sampleBulletin } from '../support/printed-pdf'
import { colourPicture } from '../support/png-picture'

test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ timeout: 180_000 })

/** The number of hostile texts in one bulletin. It is small, so that a browser opens each bulletin quickly. */
const payloadsPerBulletin = 200
const sample = payloads(12)
const pictureName = `${'0123456789abcdef'.repeat(2)}.png`
const picture = colourPicture(30, 20)

let browser: Browser
let folder: string
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
  folder = mkdtempSync(join(tmpdir(), 'bantin-exported-'))
})
test.afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

const context: ExportContext = {
  options: { pictures: true, marks: true, sourceBox: true },
  say: (key, values) => translate('vi', key, values),
  ...{ stylesheet: '', title: sample[0] ?? '', now: new Date('2026-11-24T03:15:00Z') },
}

async function hostileItems(texts: readonly string[]): Promise<ExportItem[]> {
  const original = await sampleBulletin()
  const count = Math.ceil(texts.length / payloadsPerBulletin)
  return Array.from({ length: count }, (_, at) => {
    const bodies = texts.slice(at * payloadsPerBulletin, (at + 1) * payloadsPerBulletin)
    return { bulletin: hostile(original, bodies), pictures: new Map([[pictureName, picture]]) }
  })
}

function hostile(original: Bulletin, bodies: readonly string[]): Bulletin {
  const one = (offset: number): string => bodies[offset % bodies.length] ?? ''
  const passage = { quote: one(6), prefix: '', suffix: '', start: 0 }
  const createdAt = '2026-01-01T00:00:00Z'
  return {
    ...original,
    ...{ title: one(0), summary: one(1), author: `${one(2)} - ${one(3)}`, url: `https://a.example/${one(5)}` },
    source: { id: null, name: one(3), host: one(4) },
    bodyHtml: `<p><img src="files/${pictureName}" alt=""></p>${bodies.join('\n')}`,
    attachments: [{ file: 'x.pdf', name: one(7), type: one(7), bytes: 1 }],
    status: {
      ...original.status,
      notes: [{ id: 'ghichu01', passage, revision: 1, made: createdAt, text: one(8), changed: createdAt }],
      highlights: [{ id: 'tomau001', passage, revision: 1, made: createdAt }],
    },
  }
}

/** Opens files from disk in a plain browser, one after another. Returns the scripts that ran and the requests. */
async function openFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Observed & { pictures: number }> {
  const plain = await browser.newContext()
  const seen = await watchContext(plain, (url) => ['file:', 'data:'].includes(url.protocol))
  let pictures = 0
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  for (const name of Object.keys(files).filter((each) => /html$/.test(each))) {
    const page = await plain.newPage()
    const address = `file://${join(folder, name)}`
    await page.goto(address)
    await page.waitForTimeout(300)
    if (decodeURI(page.url()) !== address) seen.requests.push(page.url())
    pictures += await page.evaluate(() => [...document.images].filter(({ naturalWidth }) => naturalWidth === 30).length)
    await page.close()
  }
  await plain.close()
  return { ...seen, pictures }
}

const withoutPolicy = (page: string): string => page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
const writtenBy = (format: Format, item: ExportItem): string =>
  Buffer.from(format.kind === 'page' ? format.write(item, context) : []).toString('utf8')

test('an exported web page runs no script and sends no request, even if its policy is removed', async () => {
  const items = await hostileItems(sample)
  const pages = items.map((item, at): [string, string] => [`${at}.html`, writtenBy(html, item)])
  expect(await openFiles(Object.fromEntries(pages))).toEqual({ executions: [], requests: [], pictures: items.length })
  const bare = pages.map(([name, page]) => [name, withoutPolicy(page)] as const)
  expect(bare[0]?.[1]).not.toBe(pages[0]?.[1])
  expect(await openFiles(Object.fromEntries(bare))).toEqual({ executions: [], requests: [], pictures: items.length })
  test
    .info()
    .annotations.push({ type: 'payloads', description: `${sample.length}; ${noSharedPayloads ?? 'all sources'}` })
})

test('the policy of an exported web page stops hostile HTML that somebody puts into the file', async () => {
  const [item] = await hostileItems(sample.slice(0, 10))
  if (item === undefined) throw new Error('no bulletin')
  const broken = writtenBy(html, item).replace(
    '</main>',
    '<script>alert(1)</script><img src="https://evil.example/p.png" onerror="alert(1)"><link rel="stylesheet" href="https://evil.example/a.css"></main>',
  )
  expect(await openFiles({ 'broken.html': broken })).toMatchObject({ executions: [], requests: [] })
  // Control: without the policy, the HTML runs a script and sends a request.
  const { executions, requests } = await openFiles({ 'broken.html': withoutPolicy(broken) })
  expect(executions).toContain('alert')
  expect(requests).toContain('https://evil.example/p.png')
})

test('the chapters of an e-book run no script, send no request, and are valid XML', async () => {
  const items = await hostileItems(sample)
  const book = unzipSync(epub.kind === 'book' ? epub.write(items, context) : new Uint8Array())
  const chapters = Object.entries(book).filter(([name]) => name.endsWith('.xhtml'))
  expect(chapters).toHaveLength(items.length + 1)
  const files = Object.fromEntries(
    chapters.map(([name, bytes]) => [
      name.replace('EPUB/', ''),
      Buffer.from(bytes).toString('utf8').replaceAll('pictures/', ''),
    ]),
  )
  const seen = await openFiles({ ...files, [pictureName]: picture })
  // If a browser finds invalid XML, it shows no picture after the error. The last picture therefore proves that the XML
  // is valid.
  expect(seen).toEqual({ executions: [], requests: [], pictures: items.length })
})

test('a Markdown file that is shown as a page runs no script and sends no request', async () => {
  const items = await hostileItems(sample)
  const pages = await Promise.all(
    items.map(async (item, at) => {
      const page = await marked.parse(writtenBy(markdown, item))
      return [`md-${at}.html`, `<!doctype html><meta charset="utf-8">${page}`] as const
    }),
  )
  expect(await openFiles(Object.fromEntries(pages))).toEqual({ executions: [], requests: [], pictures: items.length })
})

test('control: the texts of these tests run scripts and send requests if no protection is on', async () => {
  const { executions, requests } = await openFiles({
    'control.html': `<!doctype html><meta charset="utf-8">${sample.slice(0, 9).join('\n')}`,
  })
  expect(executions.length).toBeGreaterThan(0)
  expect(requests.length).toBeGreaterThan(0)
})
