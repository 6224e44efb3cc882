import { unzipSync } from 'fflate'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runExport } from '../../../../src/core/export/export-job'
import type { ExportOrder, ExportTools } from '../../../../src/core/export/export-order'
import { createGeneratedFiles } from '../../../../src/core/outputs/generated-files'
import { AppError } from '../../../../src/shared/errors'
import { exportDefaults } from '../../../../src/shared/export/export-formats'
import { defaultFileName } from '../../../../src/shared/print/print-option-values'
import { bulletin, pictureBytes, pictureName } from './export-bulletins'

function order(count: number, changed: Partial<ExportOrder> = {}): ExportOrder {
  return {
    ids: Array.from({ length: count }, (_, at) => String(at)),
    ...{ revisions: {}, format: 'html', options: exportDefaults, fileName: defaultFileName, language: 'vi' },
    ...changed,
  }
}

function tools(changed: Partial<ExportTools> = {}): ExportTools & { read(path: string): Promise<Uint8Array> } {
  const prints = createGeneratedFiles()
  onTestFinished(() => prints.close())
  return {
    get: (id) => Promise.resolve(bulletin({ id, title: `Tin số ${id}` })),
    readFile: () => Promise.resolve(pictureBytes),
    jobFiles: prints.begin(),
    stylesheet: '',
    now: new Date('2026-11-24T03:15:00Z'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    async read(path) {
      const [, key = '', file = ''] = /^\/prints\/([\w-]+)\/(\d+)\./.exec(path) ?? []
      return (await prints.read(key, Number(file))).bytes
    },
    ...changed,
  }
}

describe('runExport', () => {
  it.each([
    ['html', '.html'],
    ['epub', '.epub'],
    ['text', '.txt'],
    ['markdown', '.md'],
    ['json', '.json'],
  ] as const)(
    'runExport exports one bulletin as %s to one %s file, whose name follows the template',
    async (format, ending) => {
      const given = tools()
      const result = await runExport(order(1, { format }), given)
      expect(result).toMatchObject({ bulletins: 1, leftOut: 0, failed: [] })
      expect(result.files.map(({ name }) => name)).toEqual([`2020-09-08 - UBND huyện - Tin số 0${ending}`])
      expect((await given.read(result.files[0]?.path ?? '')).byteLength).toBeGreaterThan(100)
    },
  )

  it('runExport exports several bulletins to a zip with one file for each bulletin, and reports its progress', async () => {
    const onProgress = vi.fn()
    const given = tools({ onProgress })
    const result = await runExport(order(3, { format: 'text' }), given)
    expect(result.files.map(({ name }) => name)).toEqual(['2020-09-08 - UBND huyện - 3 bản tin.zip'])
    const files = unzipSync(await given.read(result.files[0]?.path ?? ''))
    expect(Object.keys(files)).toEqual([0, 1, 2].map((at) => `2020-09-08 - UBND huyện - Tin số ${at}.txt`))
    expect(onProgress.mock.calls).toEqual([
      [0, 3, 'Tin số 0'],
      [1, 3, 'Tin số 1'],
      [2, 3, 'Tin số 2'],
      [3, 3, ''],
    ])
  })

  it('runExport gives the files in a zip names that differ even if case is ignored', async () => {
    const titles = ['Họp', 'HỌP', 'họp', 'Họp (2)', 'con', '../a\\b:c']
    const get: ExportTools['get'] = (id) =>
      Promise.resolve(bulletin({ id, title: titles[Number(id)] ?? '', publishedAt: null, source: noSource }))
    const given = tools({ get })
    const { files } = await runExport(order(titles.length, { format: 'json' }), given)
    const names = Object.keys(unzipSync(await given.read(files[0]?.path ?? '')))
    expect(names).toHaveLength(titles.length)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(titles.length)
    expect(names.slice(4)).toEqual(['con_.json', 'a b c.json'])
    expect(names.filter((name) => /[\\/:]|^con\.|\.\./i.test(name))).toEqual([])
  })

  it('runExport marks the names in a zip as UTF-8', async () => {
    const given = tools()
    const { files } = await runExport(order(2), given)
    const bytes = Buffer.from(await given.read(files[0]?.path ?? ''))
    expect(bytes.readUInt16LE(6) & 0x800).toBe(0x800)
  })

  it('runExport exports several bulletins to one book file', async () => {
    const given = tools()
    const { files } = await runExport(order(3, { format: 'epub' }), given)
    expect(files.map(({ name }) => name)).toEqual(['2020-09-08 - UBND huyện - 3 bản tin.epub'])
    const inside = Object.keys(unzipSync(await given.read(files[0]?.path ?? '')))
    expect(inside.filter((name) => name.includes('bulletin-'))).toHaveLength(3)
  })

  it.each(['html', 'epub'] as const)(
    'runExport begins another %s file when the current file reaches the size limit',
    async (format) => {
      const given = tools({ limits: { partBytes: 1, pictureBytes: 1e6 } })
      const { files, bulletins } = await runExport(order(3, { format }), given)
      expect(bulletins).toBe(3)
      const ending = format === 'html' ? 'zip' : 'epub'
      expect(files.map(({ name }) => name.replace('2020-09-08 - UBND huyện - 3 bản tin', ''))).toEqual([
        ...[`.${ending}`, ` - phần 2.${ending}`, ` - phần 3.${ending}`],
      ])
    },
  )

  it('runExport exports the requested revision of a bulletin, and the current revision of the other bulletins', async () => {
    const get = vi.fn<ExportTools['get']>((id) => Promise.resolve(bulletin({ id })))
    await runExport(order(2, { revisions: { 1: 3 } }), tools({ get }))
    expect(get.mock.calls).toEqual([
      ['0', undefined],
      ['1', 3],
    ])
  })

  it('runExport counts the pictures that the exported files leave out', async () => {
    const lost = new AppError('file-not-found', 'test')
    expect(await runExport(order(1), tools({ readFile: () => Promise.reject(lost) }))).toMatchObject({ leftOut: 1 })
    const tooMuch = { partBytes: 1e6, pictureBytes: pictureBytes.byteLength - 1 }
    expect(await runExport(order(1), tools({ limits: tooMuch }))).toMatchObject({ leftOut: 1 })
    const drawn = pictureName.replace('.png', '.svg')
    const get: ExportTools['get'] = (id) =>
      Promise.resolve(bulletin({ id, bodyHtml: `<p><img src="files/${drawn}" alt=""></p>` }))
    expect(await runExport(order(1), tools({ get }))).toMatchObject({ leftOut: 1 })
  })

  it('runExport reads no picture if the options or the format exclude pictures', async () => {
    const readFile = vi.fn<ExportTools['readFile']>(() => Promise.resolve(pictureBytes))
    await runExport(order(1, { options: { ...exportDefaults, pictures: false } }), tools({ readFile }))
    await runExport(order(1, { format: 'text' }), tools({ readFile }))
    expect(readFile).not.toHaveBeenCalled()
    await runExport(order(1), tools({ readFile }))
    expect(readFile).toHaveBeenCalledOnce()
  })

  it('runExport lists the bulletins that can’t be read and exports the other bulletins', async () => {
    const damaged = new AppError('bulletin-damaged', 'test', { file: 'a' })
    const get: ExportTools['get'] = (id) => (id === '1' ? Promise.reject(damaged) : Promise.resolve(bulletin({ id })))
    const result = await runExport(order(3), tools({ get }))
    expect(result).toMatchObject({
      bulletins: 2,
      failed: [{ id: '1', code: 'bulletin-damaged', details: { file: 'a' } }],
    })
  })

  it('runExport fails if no bulletin can be read', async () => {
    const get: ExportTools['get'] = () => Promise.reject(new AppError('bulletin-not-found', 'test'))
    for (const count of [1, 3])
      await expect(runExport(order(count), tools({ get }))).rejects.toMatchObject({ code: 'bulletin-not-found' })
  })

  it('runExport leaves no file if the job is cancelled or the disk is full', async () => {
    const prints = createGeneratedFiles()
    onTestFinished(() => prints.close())
    const jobFiles = prints.begin()
    const paths: string[] = []
    const put: typeof jobFiles.put = async (...args) => {
      const file = await jobFiles.put(...args)
      paths.push(file.path)
      return file
    }
    const controller = new AbortController()
    const onProgress = (done: number): void => void (done === 2 && controller.abort())
    const limits = { partBytes: 1, pictureBytes: 1e6 }
    const parts = { jobFiles: { ...jobFiles, put }, signal: controller.signal, onProgress, limits }
    await expect(runExport(order(5), tools(parts))).rejects.toMatchObject({ code: 'cancelled' })
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) {
      const [, key = ''] = /^\/prints\/([\w-]+)\//.exec(path) ?? []
      await expect(prints.read(key, 0)).rejects.toMatchObject({ code: 'file-not-found' })
    }
    const drop = vi.fn(() => Promise.resolve())
    const full = { drop, put: () => Promise.reject(new AppError('disk-full', 'test')) }
    await expect(runExport(order(2), tools({ jobFiles: full }))).rejects.toMatchObject({ code: 'disk-full' })
    expect(drop).toHaveBeenCalledOnce()
  })
})

const noSource = { id: null, name: null, host: null }
