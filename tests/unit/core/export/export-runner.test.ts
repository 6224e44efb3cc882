import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { App } from '../../../../src/core/app-interface'
import type { Job, Output } from '../../../../src/shared/contract/api'
import { exportDefaults } from '../../../../src/shared/export/export-formats'
import { folderOf, html, importAll, openApp, valueOf } from '../../support/import'

/** Opens a library with one bulletin that has two revisions. The page of the bulletin changed between two imports. */
async function openWithTwoVersions(): Promise<{ app: App; id: string }> {
  const app = await openApp()
  const ids = new Set<string>()
  for (const word of ['Đoạn đầu tiên này', 'Đoạn sửa lại sau']) {
    const page = html(`<p>${word} nói về việc gặt lúa mùa và phơi thóc ở các thôn vùng cao trong xã.</p>`)
    const named = page.replace('<title>', '<link rel="canonical" href="https://huyen.example.vn/tin/hop"><title>')
    const { added, revised } = await importAll(app, [join(await folderOf({ 'hop.html': named }), 'hop.html')])
    for (const each of [...added, ...revised]) ids.add(each.id)
  }
  const [id = ''] = ids
  expect(ids.size).toBe(1)
  return { app, id }
}

/** Starts an export through the contract and waits until the job ends. */
async function runExportJob(app: App, given: object): Promise<Job> {
  const order = { format: 'text', options: exportDefaults, ...given }
  const { jobId } = await valueOf<Output<'startExport'>>(app.call('startExport', order))
  for (;;) {
    const job = await valueOf<Job>(app.call('getJob', { jobId }))
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function fileOf(app: App, job: Job): Promise<Response> {
  const path = job.kind === 'export' ? job.result?.files[0]?.path : undefined
  const response = await app.page(path ?? '')
  if (response === null) throw new Error(`no page ${path ?? ''}`)
  return response
}

describe('startExport', () => {
  it('startExport exports the current revision unless the order asks for another revision', async () => {
    const { app, id } = await openWithTwoVersions()
    const now = await (await fileOf(app, await runExportJob(app, { ids: [id] }))).text()
    expect(now).toContain('Đoạn sửa lại sau')
    const older = await runExportJob(app, { ids: [id], revisions: { [id]: 1 } })
    expect(await (await fileOf(app, older)).text()).toContain('Đoạn đầu tiên này')
  })

  it('startExport fails if the requested revision does not exist, and the error contains the number of the revision', async () => {
    const { app, id } = await openWithTwoVersions()
    const job = await runExportJob(app, { ids: [id], revisions: { [id]: 7 } })
    expect(job).toMatchObject({ state: 'failed', error: { code: 'revision-not-found', details: { number: 7 } } })
  })

  it('an exported file is served only as a download and never as a page', async () => {
    const { app, id } = await openWithTwoVersions()
    const { headers } = await fileOf(app, await runExportJob(app, { ids: [id], format: 'html' }))
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="ban-tin\.html"; filename\*=UTF-8''/)
    expect(headers.get('content-security-policy')).toContain('sandbox')
    const { result } = await runExportJob(app, { ids: [id], format: 'html' })
    const path = result !== null && 'files' in result ? result.files[0]?.path : undefined
    expect(await app.page((path ?? '').replace('.html', '.pdf'))).toBeNull()
  })

  it('the program refuses to print the files of an export job', async () => {
    const { app, id } = await openWithTwoVersions()
    const { id: jobId } = await runExportJob(app, { ids: [id] })
    const answer = await app.call('printFile', { jobId, file: 0, copies: 1 })
    expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-job' } })
  })

  it.each([
    ['an unknown format', { format: 'docx' }],
    ['no bulletin', { ids: [] }],
    ['an invalid id', { ids: ['../../etc'] }],
    ['a revision of an invalid id', { revisions: { '../x': 1 } }],
    ['a revision that is not a number', { revisions: { '0123456789abcdef': '1' } }],
    ['an unknown option', { options: { ...exportDefaults, scripts: true } }],
  ])('startExport refuses %s', async (_name, given) => {
    const app = await openApp()
    const order = { ids: ['0123456789abcdef'], format: 'text', options: exportDefaults, ...given }
    expect(await app.call('startExport', order)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  })

  it('the program serves a printable page of an older revision, for hosts without a print engine', async () => {
    const { app, id } = await openWithTwoVersions()
    const text = async (path: string): Promise<string | undefined> => (await app.page(path))?.text()
    expect(await text(`/print/${id}`)).toContain('Đoạn sửa lại sau')
    expect(await text(`/print/${id}@1`)).toContain('Đoạn đầu tiên này')
    expect(await text(`/print/${id}@9`)).toBeUndefined()
  })
})
