import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createApp } from '../../../src/core/app'
import type { App } from '../../../src/core/app-interface'
import type { ImportItem } from '../../../src/core/import/import-files'
import { importPaths } from '../../../src/core/import/import-paths'
import { waitForJob } from '../../../src/core/wait-for-job'
import { callMethod } from '../../../src/core/call-method'
import type { Run } from '../../../src/core/jobs'
import type { ImportResult, Output, VerifyResult } from '../../../src/shared/contract/api'
import type { Encoding } from '../../../src/shared/text/encodings'
import { testPorts } from './app'
import { temporaryFolder } from './library'

/** The two paragraphs of {@link html}. */
export const body = [
  'Sáng nay, huyện ta tổ chức phiên họp thường kỳ, bàn về thu hoạch vụ mùa và phòng chống dịch bệnh.',
  'Dự họp có lãnh đạo các phòng, ban và chủ tịch các xã. Phiên họp kéo dài đến trưa cùng ngày, nhiều ý kiến được ghi nhận.',
]
/** Returns a page of a portal with `inner` between its two paragraphs. */
export const html = (inner: string, head = ''): string =>
  `<!DOCTYPE html>\n${head}<html><head><meta charset="utf-8"><title>Họp phiên thường kỳ</title></head><body><article><h1>Họp phiên thường kỳ tháng 9</h1><p>${body[0] ?? ''}</p>${inner}<p>${body[1] ?? ''}</p></article></body></html>`

/** Opens the program with a new library. Closes the program when the test ends. */
export async function openApp(): Promise<App> {
  const root = await temporaryFolder()
  const app = await createApp(testPorts(root), { access: 'write', offerSample: false, workers: null })
  onTestFinished(() => app.close())
  return app
}

/** Writes files below a new folder and returns the folder. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** Imports files and folders in the same way as the command line. */
export async function importAll(app: App, paths: string[], encoding: Encoding = 'auto'): Promise<ImportResult> {
  const signal = new AbortController().signal
  return importPaths(app, paths, { encoding, signal, onProgress: () => undefined })
}

/** Returns a bulletin by its id. */
export async function get(app: App, id: string | undefined): Promise<Output<'getBulletin'>> {
  return valueOf(app.call('getBulletin', { id }))
}

/** Returns the value of a call's result. Throws an error if the result is an error. */
export async function valueOf<T>(call: Promise<unknown>): Promise<T> {
  const result = (await call) as { ok: boolean; value: T; error: unknown }
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Imports some files into a new library and returns the bulletin of one of them. */
export async function imported(
  files: Record<string, string | Uint8Array>,
  path: string,
): Promise<Output<'getBulletin'>> {
  const app = await openApp()
  const { added, failed } = await importAll(app, [join(await folderOf(files), path)])
  expect(failed).toEqual([])
  return get(app, added[0]?.id)
}

/** A run without a listener for its progress, which is never cancelled. */
export const quietRun: Run = { signal: new AbortController().signal, onProgress: () => undefined }

/** Imports files from memory in the same way as a page: uploads the files, then imports the uploads. */
export async function importItems(
  app: App,
  items: readonly Pick<ImportItem, 'path' | 'read'>[],
  encoding: Encoding = 'auto',
): Promise<ImportResult> {
  const handles: string[] = []
  for (const { path, read } of items)
    handles.push((await callMethod(app, 'upload', { name: path, bytes: new Uint8Array(await read()) })).handle)
  const { jobId } = await callMethod(app, 'startImport', { handles, encoding })
  const job = await waitForJob(app, jobId, quietRun)
  if (job.kind !== 'import' || job.result === null) throw new Error('no result of the import')
  return job.result
}

/** Checks the whole library in the same way as the command line. */
export async function verifyAll(app: App): Promise<VerifyResult> {
  const { jobId } = await callMethod(app, 'startVerify', { ids: null })
  const job = await waitForJob(app, jobId, quietRun)
  if (job.kind !== 'verify' || job.result === null) throw new Error('no result of the check')
  return job.result
}
