import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** An open PDF, whose pages the caller can draw. */
export interface PdfPages {
  /** The width and height of each page, in points. */
  sizes: readonly { width: number; height: number }[]
  /**
   * Draws a page `width` CSS px wide. Pages are numbered from 0. The caller must abort an earlier drawing on the same
   * canvas first.
   */
  draw(page: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** The maximum pixel ratio of a drawing. A higher ratio makes no visible difference and takes much memory. */
const maxPixelRatio = 2

/** Loads a PDF from the host. The first call also loads the PDF library. Rejects if the host no longer has the PDF. */
export async function openPdf(address: string): Promise<PdfPages> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`preview: ${response.status}`)
  const data = new Uint8Array(await response.arrayBuffer())
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist')
  GlobalWorkerOptions.workerSrc = workerAddress
  const loading = getDocument({ data, useWasm: false, enableXfa: false })
  const pdf = await loading.promise
  return {
    sizes: await sizesOf(pdf),
    draw: (page, canvas, width, signal) => drawPage(pdf, page, canvas, width, signal),
    close: () => loading.destroy(),
  }
}

async function sizesOf(pdf: PDFDocumentProxy): Promise<PdfPages['sizes']> {
  const numbers = Array.from({ length: pdf.numPages }, (_, at) => at + 1)
  return Promise.all(
    numbers.map(async (number) => {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 })
      return { width, height }
    }),
  )
}

async function drawPage(
  pdf: PDFDocumentProxy,
  page: number,
  canvas: HTMLCanvasElement,
  width: number,
  signal: AbortSignal,
): Promise<void> {
  const loaded = await pdf.getPage(page + 1)
  if (signal.aborted) return
  const ratio = Math.min(maxPixelRatio, devicePixelRatio)
  const viewport = loaded.getViewport({ scale: (width / loaded.getViewport({ scale: 1 }).width) * ratio })
  // Draws the page off-screen first, so that the old picture stays until the new picture is complete.
  const fresh = new OffscreenCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  const context = fresh.getContext('2d')
  if (context === null) return
  // An off-screen canvas has the same kind of context as a canvas on the page, but the types of the library allow only
  // a canvas on the page.
  const task = loaded.render({ canvas: null, canvasContext: context as unknown as CanvasRenderingContext2D, viewport })
  signal.addEventListener('abort', () => task.cancel(), { once: true })
  await task.promise.catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown
  })
  if (signal.aborted) return
  canvas.width = fresh.width
  canvas.height = fresh.height
  canvas.getContext('2d')?.drawImage(fresh, 0, 0)
}
