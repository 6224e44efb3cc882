import type { Bulletin } from '../../shared/bulletin'
import { exportKinds } from '../../shared/export/export-formats'
import type { ExportResult } from '../../shared/contract/results'
import type { Say } from '../outputs/say'
import { fillFileNameTemplate, getNameParts, toFileName } from '../outputs/file-name-template'
import type { ExportLimits, ExportOrder, ExportTools } from './export-order'
import type { ExportContext, ExportItem, Format } from './format'
import { createZip } from './zip'

/** Collects the bulletins of a job into files. */
export interface FileCollector {
  add(item: ExportItem): Promise<void>
  /** Finishes the last file. Returns all files of the job. */
  end(): Promise<ExportResult['files']>
}

/**
 * A file that is still being written. The file is a single bulletin, a zip with one file for each bulletin, or a book.
 */
interface OpenFile {
  add(item: ExportItem): Promise<void>
  /** Returns the approximate size of the file, in bytes. */
  size(): number
  finish(): { bytes: Uint8Array; extension: string }
}

/**
 * Creates a collector. When a file reaches `limits.partBytes`, the collector stores the file, and the next bulletin
 * begins another file.
 */
export function createFileCollector(
  order: ExportOrder,
  {
    jobFiles,
    stylesheet,
    now,
    limits,
  }: Pick<ExportTools, 'jobFiles' | 'stylesheet' | 'now'> & { limits: ExportLimits },
  format: Format,
  say: Say,
): FileCollector {
  const isSingle = order.ids.length === 1
  const files: ExportResult['files'] = []
  let bulletins: Pick<Bulletin, 'title' | 'publishedAt' | 'source'>[] = []
  let openFile: OpenFile | null = null
  const getTitle = ({ title }: Pick<Bulletin, 'title'>): string =>
    isSingle ? title : say('print.edition', { count: order.ids.length })
  const getName = (named: typeof bulletins, title: string): string =>
    fillFileNameTemplate(order.fileName, getNameParts(named, title))
  const startFile = (first: Bulletin): OpenFile => {
    const context = { options: order.options, say, stylesheet, now, title: getTitle(first) }
    const { extension } = exportKinds[order.format]
    if (format.kind === 'book') return createBookFile(format, context, extension)
    return isSingle
      ? createPageFile(format, context, extension)
      : createZipFile(format, context, ({ bulletin }) => `${getName([bulletin], bulletin.title)}.${extension}`)
  }
  const finish = async (): Promise<void> => {
    const [first] = bulletins
    if (openFile === null || first === undefined) return
    const { bytes, extension } = openFile.finish()
    const name = getName(bulletins, getTitle(first))
    const part = files.length === 0 ? name : toFileName(`${name} - ${say('export.part', { number: files.length + 1 })}`)
    openFile = null
    bulletins = []
    files.push(await jobFiles.put(`${part}.${extension}`, bytes))
  }
  return {
    async add(item) {
      openFile ??= startFile(item.bulletin)
      const { title, publishedAt, source } = item.bulletin
      bulletins.push({ title, publishedAt, source })
      await openFile.add(item)
      if (openFile.size() >= limits.partBytes) await finish()
    },
    async end() {
      await finish()
      return files
    },
  }
}

function createPageFile(
  format: Extract<Format, { kind: 'page' }>,
  context: ExportContext,
  extension: string,
): OpenFile {
  let bytes = new Uint8Array()
  return {
    add(item) {
      bytes = new Uint8Array(format.write(item, context))
      return Promise.resolve()
    },
    size: () => bytes.byteLength,
    finish: () => ({ bytes, extension }),
  }
}

function createZipFile(
  format: Extract<Format, { kind: 'page' }>,
  context: ExportContext,
  getName: (item: ExportItem) => string,
): OpenFile {
  const zip = createZip(context.now)
  return {
    add: (item) => zip.add(getName(item), format.write(item, context)),
    size: () => zip.size(),
    finish: () => ({ bytes: zip.end(), extension: 'zip' }),
  }
}

function createBookFile(
  format: Extract<Format, { kind: 'book' }>,
  context: ExportContext,
  extension: string,
): OpenFile {
  const items: ExportItem[] = []
  let size = 0
  return {
    add(item) {
      items.push(item)
      size += item.bulletin.bodyHtml.length
      for (const { byteLength } of item.pictures.values()) size += byteLength
      return Promise.resolve()
    },
    size: () => size,
    finish: () => ({ bytes: format.write(items, context), extension }),
  }
}
