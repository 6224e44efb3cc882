import type { ExportContext, ExportItem, Format } from './format'

/**
 * The `json` format: the same bulletin that the command `show --format json` prints. The user's highlights and notes
 * are included only if the options ask for them.
 */
export const json: Format = {
  kind: 'page',
  takesPicture: () => false,
  write({ bulletin }: ExportItem, { options }: ExportContext): Uint8Array {
    const status = options.marks ? bulletin.status : { ...bulletin.status, highlights: [], notes: [] }
    return Buffer.from(`${JSON.stringify({ ...bulletin, status }, null, 2)}\n`)
  },
}
