import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, it, vi } from 'vitest'
import { type PrintOrder, type PrintTools, runPrint } from '../../../../src/core/print/print-job'
import { createGeneratedFiles } from '../../../../src/core/outputs/generated-files'
import { type Bulletin, defaultStatus } from '../../../../src/shared/bulletin'
import { AppError } from '../../../../src/shared/errors'
import { defaultFileName } from '../../../../src/shared/print/print-option-values'
import { printDefaults } from '../../../../src/shared/print/print-defaults'
import { additionOf } from '../../support/library'

function bulletin(id: string): Bulletin {
  const { text } = additionOf({ title: `Tin ${id}` })
  return {
    ...text,
    ...{ id, publishedAt: '2020-09-08', source: { id: null, name: 'Cổng tỉnh', host: null }, url: null, captures: [] },
    revision: { number: 1, cause: 'first-capture', capturedAt: '2020-09-10T03:15:00Z', digest: 'ab'.repeat(32) },
    currentRevision: 1,
    goneSince: null,
    pictures: [],
    missing: [],
    status: defaultStatus,
  }
}

/** Returns a PDF with one page for each bulletin. The function replaces a print engine. */
async function pdfOf(html: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (const _ of html.matchAll(/<article /g)) pdf.addPage([595, 842])
  return pdf.save({ useObjectStreams: false })
}

function order(count: number, changed: Partial<PrintOrder> = {}): PrintOrder {
  return {
    ids: Array.from({ length: count }, (_, at) => String(at)),
    options: printDefaults.a4,
    ...{ isPreview: false, fileName: defaultFileName, language: 'vi' },
    turn: { isReversed: false, isUpsideDown: false },
    ...changed,
  }
}

function tools(changed: Partial<PrintTools> = {}): PrintTools & { close(): Promise<void>; drop: () => Promise<void> } {
  const prints = createGeneratedFiles()
  const jobFiles = prints.begin()
  return {
    ...{ get: (id: string) => Promise.resolve(bulletin(id)), print: pdfOf, jobFiles, stylesheets: [] },
    ...{ mediaPath: () => '', signal: new AbortController().signal, onProgress: () => undefined },
    ...{ close: () => prints.close(), drop: jobFiles.drop },
    ...changed,
  }
}

describe('runPrint', () => {
  it('runPrint prints 1,000 bulletins as five numbered parts and reports its progress', async () => {
    const onProgress = vi.fn()
    const given = tools({ onProgress })
    const result = await runPrint(order(1000), given)
    expect(result).toMatchObject({ pages: 1000, sheets: 1000, bulletins: 1000 })
    expect(result.files.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5].map((part) => `2020-09-08 - Cổng tỉnh - 200 bản tin - phần ${part} trong 5.pdf`),
    )
    expect(onProgress).toHaveBeenCalledWith(200, 1000, 'phần 1 trong 5')
    expect(onProgress).toHaveBeenLastCalledWith(1000, 1000, 'phần 5 trong 5')
    await given.close()
  })

  it('the file that runPrint writes for one bulletin has the title of the bulletin in its name', async () => {
    const given = tools()
    const result = await runPrint(order(1), given)
    expect(result.files).toMatchObject([{ name: '2020-09-08 - Cổng tỉnh - Tin 0.pdf', pages: 1 }])
    await given.close()
  })

  it('runPrint prints only the first twenty bulletins for a preview', async () => {
    const given = tools()
    expect(await runPrint(order(1000, { isPreview: true }), given)).toMatchObject({ bulletins: 20, pages: 20 })
    await given.close()
  })

  it.each([
    ['is cancelled', 'cancelled'],
    ['fails', 'print-failed'],
  ] as const)('runPrint leaves no file if the job %s in its third part', async (_name, code) => {
    const prints = createGeneratedFiles()
    const jobFiles = prints.begin()
    const paths: string[] = []
    let passes = 0
    const given = tools({
      jobFiles: {
        ...jobFiles,
        put: (...file) => jobFiles.put(...file).then((result) => (paths.push(result.path), result)),
      },
      print: (html) => {
        passes += 1
        return passes === 3 ? Promise.reject(new AppError(code, 'test')) : pdfOf(html)
      },
    })
    await expect(runPrint(order(1000), given)).rejects.toMatchObject({ code })
    expect(paths).toHaveLength(2)
    for (const path of paths) {
      const [, key = ''] = /^\/prints\/([^/]+)\//.exec(path) ?? []
      await expect(prints.read(key, 0)).rejects.toMatchObject({ code: 'file-not-found' })
    }
    await prints.close()
  })

  it('runPrint stops if the user cancels the job while bulletins are being read', async () => {
    const controller = new AbortController()
    const given = tools({
      signal: controller.signal,
      get: (id) => {
        if (id === '150') controller.abort()
        return Promise.resolve(bulletin(id))
      },
    })
    await expect(runPrint(order(400), given)).rejects.toMatchObject({ code: 'cancelled' })
    await given.close()
  })
})
