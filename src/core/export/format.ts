import type { Bulletin } from '../../shared/bulletin'
import type { ExportOptions } from '../../shared/export/export-formats'
import type { Say } from '../outputs/say'

/** A bulletin with the bytes of its pictures, by their names in `files/`. Pictures that were left out are missing. */
export interface ExportItem {
  bulletin: Bulletin
  pictures: ReadonlyMap<string, Uint8Array>
}

/** The inputs of every format besides the bulletins. */
export interface ExportContext {
  options: ExportOptions
  say: Say
  /** The style of the article without fonts, because an exported file loads nothing. */
  stylesheet: string
  /** Title of a book of several bulletins. */
  title: string
  now: Date
}

/**
 * A format turns bulletins into bytes. A `page` format writes a file for each bulletin, a `book` format one file for
 * all.
 */
export type Format =
  | { kind: 'page'; takesPicture(type: string): boolean; write(item: ExportItem, context: ExportContext): Uint8Array }
  | {
      kind: 'book'
      takesPicture(type: string): boolean
      write(items: readonly ExportItem[], context: ExportContext): Uint8Array
    }
