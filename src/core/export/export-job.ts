import { AppError, toAppError } from '../../shared/errors'
import type { ExportResult } from '../../shared/contract/results'
import { translate } from '../../shared/locales/translate'
import type { Say } from '../outputs/say'
import { pictureTypeOf, picturesIn } from '../../shared/picture-types'
import type { ExportLimits, ExportOrder, ExportTools } from './export-order'
import { createFileCollector } from './file-collector'
import type { ExportItem, Format } from './format'
import { formats } from './formats'

const defaultLimits: ExportLimits = { partBytes: 96 * 1024 ** 2, pictureBytes: 128 * 1024 ** 2 }

/**
 * Writes the files of an export order. The result lists the bulletins that can't be read. If no bulletin can be read,
 * the job fails with the error of the first bulletin. A job that fails or is cancelled leaves no file. Throws
 * `cancelled`, `bulletin-not-found`, `bulletin-damaged` and `revision-not-found`, and also every error of {@link
 * ExportTools.jobFiles}.
 */
export async function runExport(order: ExportOrder, tools: ExportTools): Promise<ExportResult> {
  const { onProgress, signal, jobFiles } = tools
  const format = await formats[order.format]()
  const say: Say = (key, values) => translate(order.language, key, values)
  const result: ExportResult = { files: [], bulletins: 0, leftOut: 0, failed: [] }
  const files = createFileCollector(order, { ...tools, limits: tools.limits ?? defaultLimits }, format, say)
  try {
    for (const [at, id] of order.ids.entries()) {
      if (signal.aborted) throw new AppError('cancelled', 'export: cancelled')
      const read = await readItem(id, order, tools, format).catch((thrown: unknown) => {
        const { code, message, details } = toAppError(thrown)
        if (order.ids.length === 1 || code === 'internal') throw thrown
        result.failed.push({ id, code, message, details })
        return null
      })
      onProgress(at, order.ids.length, read?.item.bulletin.title ?? '')
      if (read === null) continue
      await files.add(read.item)
      result.bulletins += 1
      result.leftOut += read.leftOut
    }
    const [first] = result.failed
    if (result.bulletins === 0 && first !== undefined) throw new AppError(first.code, first.message, first.details)
    result.files = await files.end()
    if (signal.aborted) throw new AppError('cancelled', 'export: cancelled')
    onProgress(order.ids.length, order.ids.length, '')
    return result
  } catch (thrown) {
    await jobFiles.drop()
    throw thrown
  }
}

/** Reads a bulletin with the pictures of its body. `leftOut` counts the pictures that the file can't contain. */
async function readItem(
  id: string,
  { revisions, options }: ExportOrder,
  { get, readFile, limits = defaultLimits }: ExportTools,
  format: Format,
): Promise<{ item: ExportItem; leftOut: number }> {
  const bulletin = await get(id, revisions[id])
  const pictures = new Map<string, Uint8Array>()
  const item = { bulletin, pictures }
  // If the user wants no pictures, or if the format has none, no picture counts as left out.
  if (!options.pictures || !format.takesPicture('image/png')) return { item, leftOut: 0 }
  const shown = picturesIn(bulletin.bodyHtml)
  let size = 0
  for (const file of shown) {
    const type = pictureTypeOf(file)
    if (type === null || !format.takesPicture(type)) continue
    const bytes = await readFile(id, file).catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'file-not-found') return null
      throw thrown
    })
    size += bytes?.byteLength ?? 0
    if (bytes === null || size > limits.pictureBytes) continue
    pictures.set(file, bytes)
  }
  return { item, leftOut: shown.length - pictures.size }
}
