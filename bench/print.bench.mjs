// Prints a thousand bulletins to PDF in parts of 200. After each part, Chromium without the program prints the same
// HTML, for comparison.
import { chromium } from '@playwright/test'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { root } from '../scripts/project.mjs'
import { chromiumForTests } from '../scripts/chromium-for-tests.mjs'
import { loadCore } from './core.mjs'
import { median, times } from './measure.mjs'

const count = 1000
const interfaceFolder = join(root, 'out', 'renderer')
const types = { '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff', '.js': 'text/javascript' }

export async function measure() {
  const core = await loadCore()
  const stylesheets = await core.readStylesheets(interfaceFolder)
  const engine = await core.openChromium(async (path) => {
    const asset = assetOf(path)
    return asset === null ? null : new Response(asset.bytes, { headers: { 'content-type': asset.type } })
  })
  const bare = await openBareChromium()
  const files = core.createGeneratedFiles()
  /**
   * Two times in ms for each part: from the bulletins to a stored file with the program, and the printing time of
   * Chromium without the program.
   */
  const parts = []
  let startedAt = 0
  const tools = (jobFiles, signal) => ({
    get: (id) => Promise.resolve(bulletinOf(Number(id))),
    print: async (html) => {
      const pdf = await engine.print(html, core.editionPolicy(html), signal)
      // The two runs follow each other directly, so that the machine is equally busy during both.
      const bareStartedAt = performance.now()
      parts.push({ own: 0, bare: await bare.print(html) })
      startedAt += performance.now() - bareStartedAt
      return pdf
    },
    jobFiles,
    stylesheets,
    mediaPath: (id, file) => `/media/${id}/${file}`,
    signal,
    onProgress: (done) => {
      const now = performance.now()
      if (parts.length > 0 && done % 200 === 0 && parts.at(-1).own === 0) parts.at(-1).own = now - startedAt
      startedAt = now
    },
  })
  const order = {
    ids: Array.from({ length: count }, (_, at) => String(at)),
    options: core.printDefaults.a4,
    ...{ isPreview: false, fileName: '{date} - {title}', language: 'vi' },
    turn: { isReversed: false, isUpsideDown: false },
  }
  try {
    await bare.print('<!doctype html><p>ấm máy')
    const result = await core.runPrint(order, tools(files.begin(), new AbortController().signal))
    const ratio = median(parts.map(({ own, bare: alone }) => own / alone))
    return [
      {
        name: `${count} bulletins to PDF, a pass of 200 beside bare Chromium on the same HTML`,
        value: times(ratio),
        goal: '≤ 1.10×',
        pass: ratio <= 1.1,
        note: `${result.files.length} files, ${result.pages} pages; parts: ${parts.map(({ own, bare: alone }) => times(own / alone)).join(' ')}`,
      },
      await measureCancelled(core, order, files, tools),
    ]
  } finally {
    await engine.close()
    await bare.close()
    await files.close()
  }
}

/** Counts the files that a job leaves on disk when the user cancels the job during its second part. */
async function measureCancelled(core, order, files, tools) {
  const controller = new AbortController()
  const stored = []
  const jobFiles = files.begin()
  const watchedJobFiles = {
    drop: () => jobFiles.drop(),
    put: async (...file) => {
      const result = await jobFiles.put(...file)
      stored.push(result.path)
      setTimeout(() => controller.abort(), 200)
      return result
    },
  }
  const code = await core.runPrint(order, tools(watchedJobFiles, controller.signal)).then(
    () => 'done',
    (thrown) => thrown.code,
  )
  const left = await Promise.all(
    stored.map((path) =>
      files.read(path.split('/')[2], 0).then(
        () => 1,
        () => 0,
      ),
    ),
  )
  const leftCount = left.reduce((sum, one) => sum + one, 0)
  return {
    name: 'files left by a job cancelled in its second part',
    value: String(leftCount),
    goal: '0',
    pass: leftCount === 0 && code === 'cancelled' && stored.length > 0,
    note: `ended as ${code} after ${stored.length} parts`,
  }
}

/**
 * Starts a Chromium without the program. Its function `print` loads a page from a local server, waits for the fonts of
 * the page, prints the page, and returns the time in ms.
 */
async function openBareChromium() {
  let html = ''
  const server = createServer((request, response) => {
    const asset = request.url === '/' ? { bytes: html, type: 'text/html; charset=utf-8' } : assetOf(request.url)
    if (asset === null) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': asset.type }).end(asset.bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await chromium.launch({ executablePath: chromiumForTests(), args: ['--no-sandbox', '--disable-gpu'] })
  return {
    async print(given) {
      html = given
      const bareStartedAt = performance.now()
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      await page.evaluate(() => document.fonts.ready.then(() => true))
      await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true })
      await page.close()
      return performance.now() - bareStartedAt
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

function assetOf(path) {
  if (!/^\/assets\/[\w.-]+$/.test(path)) return null
  return { bytes: readFileSync(join(interfaceFolder, path)), type: types[extname(path)] ?? 'application/octet-stream' }
}

const paragraphs = readFileSync(join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt'), 'utf8')
  .split(/\n\s*\n/)
  .map((paragraph) => paragraph.trim())
  .filter((paragraph) => paragraph.length > 200)

/** Returns a bulletin with one to six paragraphs of the sample bulletin. */
function bulletinOf(at) {
  const body = Array.from({ length: 1 + (at % 6) }, (_, line) => paragraphs[(at + line) % paragraphs.length])
  const hex = at.toString(16).padStart(64, '0')
  return {
    id: String(at).padStart(16, '0'),
    ...{ title: `Bản tin số ${at} của tuần`, summary: null, author: 'Nguyễn An - Phóng viên', language: 'vi' },
    ...{ publishedAt: '2020-09-08', source: { id: null, name: 'Cổng thông tin tỉnh', host: null }, url: null },
    ...{ bodyHtml: body.map((text) => `<p>${text}</p>`).join(''), bodyText: body.join('\n\n') },
    ...{ figures: [], attachments: [], repairs: [], captures: [] },
    revision: { number: 1, cause: 'first-capture', capturedAt: '2020-09-10T03:15:00Z', digest: hex },
    status: { read: false, starred: false, tags: [], folder: null, position: null },
  }
}
