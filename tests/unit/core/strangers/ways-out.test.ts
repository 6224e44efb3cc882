import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import { command as show } from '../../../../src/cli/commands/find/show'
import type { CommandContext } from '../../../../src/cli/command'
import type { Bulletin } from '../../../../src/shared/bulletin'
import type { Job, Output } from '../../../../src/shared/contract/api'
import { exportDefaults, exportFormats } from '../../../../src/shared/export/export-formats'
import { printDefaults } from '../../../../src/shared/print/print-defaults'
import { printTemplates } from '../../../../src/shared/print/print-option-values'
import { editionAddress } from '../../../../src/renderer/src/lib/print/edition'
import { valueOf } from '../../support/import'
import { testPorts } from '../../support/app'
import { additionOf, openTestLibrary, temporaryFolder } from '../../support/library'

/** A stored body in which every hostile part contains the word `hostileRun`, and the harmless text does not. */
const hostileBody = [
  '<p>Nội dung lành</p>',
  '<script>hostileRun()</script>',
  '<img src=x onerror="hostileRun()">',
  '<img src="file://hostileRun/share/a.png"><img src="\\\\hostileRun\\share\\a.png">',
  '<a href="javascript:hostileRun()">a</a><a href="file://hostileRun/a">b</a><a href="\\\\hostileRun\\a">c</a>',
  '<meta http-equiv="refresh" content="0;url=//hostileRun/"><base href="//hostileRun/">',
  '<iframe srcdoc="<script>hostileRun()</script>"></iframe><form action="//hostileRun/"><button>x</button></form>',
  '<svg><animate onbegin="hostileRun()"/></svg><p style="background:url(//hostileRun/)">d</p>',
].join('')

interface Stored {
  app: App
  id: string
  page: string
}

/** A library of somebody else whose documents contain the hostile body. Storing does not sanitise a body again. */
async function openHostile(): Promise<Stored> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  const addition = additionOf({ title: 'Tin lạ', address: 'https://a.gov.vn/1' })
  const { id, folder } = await library.add({ ...addition, text: { ...addition.text, bodyHtml: hostileBody } })
  await library.close()
  // Control: the documents of the library contain everything hostile.
  expect(await readFile(join(root, folder, 'revisions/0001.json'), 'utf8')).toContain('hostileRun')
  const app = await createApp(testPorts(root), { access: 'write', offerSample: false, workers: null })
  onTestFinished(() => app.close())
  return { app, id, page: join(root, folder, 'index.html') }
}

async function exported({ app, id }: Stored, format: string): Promise<string> {
  const options = { ...exportDefaults, marks: true }
  const { jobId } = await valueOf<Output<'startExport'>>(app.call('startExport', { ids: [id], format, options }))
  for (;;) {
    const job = await valueOf<Job>(app.call('getJob', { jobId }))
    if (job.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 5))
      continue
    }
    const path = job.kind === 'export' ? (job.result?.files[0]?.path ?? '') : ''
    const bytes = new Uint8Array((await (await app.page(path))?.arrayBuffer()) ?? new ArrayBuffer(0))
    if (format !== 'epub') return Buffer.from(bytes).toString('utf8')
    return Object.values(unzipSync(bytes))
      .map((file) => Buffer.from(file).toString('utf8'))
      .join('\n')
  }
}

async function shown({ app, id }: Stored, format: string): Promise<string> {
  // The command uses only these parts of its context.
  const context = { args: [id], options: { format }, json: false, open: () => Promise.resolve(app) }
  const result = await show.run(context as unknown as CommandContext)
  return result?.lines.join('\n') ?? ''
}

/** Every way on which a stored body leaves the library. The third value is whether the way contains HTML. */
const waysOut: [name: string, take: (stored: Stored) => Promise<string>][] = [
  ['the article on screen', async ({ app, id }) => (await valueOf<Bulletin>(app.call('getBulletin', { id }))).bodyHtml],
  [
    'an older revision on screen',
    async ({ app, id }) => (await valueOf<Bulletin>(app.call('getBulletin', { id, revision: 1 }))).bodyHtml,
  ],
  ['index.html in the folder', ({ page }) => readFile(page, 'utf8')],
  ...['html', 'json', 'text'].map((format): (typeof waysOut)[number] => [
    `show --format ${format}`,
    (stored) => shown(stored, format),
  ]),
  ...exportFormats.map((format): (typeof waysOut)[number] => [
    `the export ${format}`,
    (stored) => exported(stored, format),
  ]),
  ...printTemplates.map((template): (typeof waysOut)[number] => [
    `the print template ${template}`,
    async ({ app, id }) => {
      const address = editionAddress({ ids: [id], revisions: {}, options: printDefaults[template] })
      return (await (await app.page(address))?.text()) ?? ''
    },
  ]),
]

describe('a hostile stored body', () => {
  it.each(waysOut)('a hostile stored body is sanitised in %s', async (_name, take) => {
    const out = await take(await openHostile())
    // The harmless text is in the answer, so the body was really read and sanitised.
    expect(out).toMatch(/Nội dung/)
    expect(out).not.toContain('hostileRun')
  })
})
