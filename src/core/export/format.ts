import type { Bulletin } from '../../shared/bulletin'
import type { ExportOptions } from '../../shared/export/export-formats'
import type { Say } from '../outputs/say'

/**
 * A bulletin and the bytes of its pictures. The keys are the names of the pictures in `files/`. Pictures that were left
 * out have no entry.
 */
export interface ExportItem {
  bulletin: Bulletin
  pictures: ReadonlyMap<string, Uint8Array>
}

/** The inputs that every format needs in addition to the bulletins. */
export interface ExportContext {
  options: ExportOptions
  say: Say
  /** The stylesheet of the article. The stylesheet contains no fonts, because an exported file loads nothing. */
  stylesheet: string
  /** The title of a book of several bulletins. */
  title: string
  now: Date
}

/**
 * A format turns bulletins into bytes. A `page` format writes one file for each bulletin. A `book` format writes one
 * file for all bulletins.
 */
export type Format =
  | { kind: 'page'; takesPicture(type: string): boolean; write(item: ExportItem, context: ExportContext): Uint8Array }
  | {
      kind: 'book'
      takesPicture(type: string): boolean
      write(items: readonly ExportItem[], context: ExportContext): Uint8Array
    }
