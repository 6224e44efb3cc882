// Draws the pages of a PDF as pictures, one on each sheet, so that a printer gets exactly the pages of the PDF. Chromium's
// own PDF viewer prints an empty page until it is ready, and tells nobody when that is (electron/electron#43309).
import { openPdf } from './lib/print/pdf-pages'

/** Dots per inch of the pictures. Office printers print text at this density. */
const dotsPerInch = 300
const pointsPerInch = 72

declare global {
  interface Window {
    /** Settles when all sheets are drawn, with their number. The host waits for it before it prints. */
    sheetsDrawn: Promise<number>
  }
}

window.sheetsDrawn = drawSheets(new URLSearchParams(location.search).get('file') ?? '')

async function drawSheets(address: string): Promise<number> {
  const pdf = await openPdf(address)
  try {
    const [first] = pdf.sizes
    if (first === undefined) return 0
    const style = document.createElement('style')
    style.textContent = `@page { size: ${first.width}pt ${first.height}pt; margin: 0 }
html, body { margin: 0 }
img { display: block; width: ${first.width}pt; height: ${first.height - 0.1}pt; object-fit: contain; break-after: page }
img:last-child { break-after: auto }`
    document.head.append(style)
    for (const [page, { width }] of pdf.sizes.entries()) {
      const canvas = document.createElement('canvas')
      await pdf.draw(
        page,
        canvas,
        (width * dotsPerInch) / pointsPerInch / devicePixelRatio,
        new AbortController().signal,
      )
      const picture = new Image()
      picture.src = canvas.toDataURL('image/png')
      await picture.decode()
      document.body.append(picture)
      // An empty canvas gives its memory back before the next page is drawn.
      canvas.width = 0
    }
    return pdf.sizes.length
  } finally {
    await pdf.close()
  }
}
