import type { Bulletin } from '../../shared/bulletin'
import { exportKinds } from '../../shared/export/export-formats'
import type { ExportResult } from '../../shared/contract/results'
import type { Say } from '../outputs/say'
import { fillFileNameTemplate, namePartsOf, toFileName } from '../outputs/file-name-template'
import type { ExportLimits, ExportOrder, ExportTools } from './export-order'
import type { ExportContext, ExportItem, Format } from './format'
import { createZip } from './zip'

/** What a job's files are made from, bulletin by bulletin. */
export interface FileCollector {
  add(item: ExportItem): Promise<void>
  /** Finishes what was begun; every file of the job. */
  end(): Promise<ExportResult['files']>
}

/** A file that is being made: of a single bulletin, a zip of one file each, or a book. */
interface Begun {
  add(item: ExportItem): Promise<void>
  /** About how many bytes it holds. */
  size(): number
  finish(): { bytes: Uint8Array; extension: string }
}

/** Gathers bulletins into files that are put in their place one after the other: where one has grown too large, the next begins. */
export function createFileCollector(
  order: ExportOrder,
  { place, stylesheet, now, limits }: Pick<ExportTools, 'place' | 'stylesheet' | 'now'> & { limits: ExportLimits },
  format: Format,
  say: Say,
): FileCollector {
  const isSingle = order.ids.length === 1
  const files: ExportResult['files'] = []
  let bulletins: Pick<Bulletin, 'title' | 'publishedAt' | 'source'>[] = []
  let begun: Begun | null = null
  const titleOf = ({ title }: Pick<Bulletin, 'title'>): string =>
    isSingle ? title : say('print.edition', { count: order.ids.length })
  const nameOf = (named: typeof bulletins, title: string): string =>
    fillFileNameTemplate(order.fileName, namePartsOf(named, title))
  const begin = (first: Bulletin): Begun => {
    const context = { options: order.options, say, stylesheet, now, title: titleOf(first) }
    const { extension } = exportKinds[order.format]
    if (format.kind === 'book') return bookOf(format, context, extension)
    return isSingle
      ? pageOf(format, context, extension)
      : zipOf(format, context, ({ bulletin }) => `${nameOf([bulletin], bulletin.title)}.${extension}`)
  }
  const finish = async (): Promise<void> => {
    const [first] = bulletins
    if (begun === null || first === undefined) return
    const { bytes, extension } = begun.finish()
    const name = nameOf(bulletins, titleOf(first))
    const part = files.length === 0 ? name : toFileName(`${name} - ${say('export.part', { number: files.length + 1 })}`)
    begun = null
    bulletins = []
    files.push(await place.put(`${part}.${extension}`, bytes))
  }
  return {
    async add(item) {
      begun ??= begin(item.bulletin)
      const { title, publishedAt, source } = item.bulletin
      bulletins.push({ title, publishedAt, source })
      await begun.add(item)
      if (begun.size() >= limits.partBytes) await finish()
    },
    async end() {
      await finish()
      return files
    },
  }
}

function pageOf(format: Extract<Format, { kind: 'page' }>, context: ExportContext, extension: string): Begun {
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

function zipOf(
  format: Extract<Format, { kind: 'page' }>,
  context: ExportContext,
  nameOf: (item: ExportItem) => string,
): Begun {
  const zip = createZip(context.now)
  return {
    add: (item) => zip.add(nameOf(item), format.write(item, context)),
    size: () => zip.size(),
    finish: () => ({ bytes: zip.end(), extension: 'zip' }),
  }
}

function bookOf(format: Extract<Format, { kind: 'book' }>, context: ExportContext, extension: string): Begun {
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
