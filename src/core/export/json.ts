import type { ExportContext, ExportItem, Format } from './format'

/** The document as `show --format json` prints it; the reader's highlights and notes only where they are wanted. */
export const json: Format = {
  kind: 'page',
  takesPicture: () => false,
  write({ bulletin }: ExportItem, { options }: ExportContext): Uint8Array {
    const status = options.marks ? bulletin.status : { ...bulletin.status, highlights: [], notes: [] }
    return Buffer.from(`${JSON.stringify({ ...bulletin, status }, null, 2)}\n`)
  },
}
