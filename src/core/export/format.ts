import type { Bulletin } from '../../shared/bulletin'
import type { ExportOptions } from '../../shared/export/export-formats'
import type { Say } from '../outputs/say'

/** A bulletin with the bytes of its pictures, by their names in `files/`; without those that are left out. */
export interface ExportItem {
  bulletin: Bulletin
  pictures: ReadonlyMap<string, Uint8Array>
}

/** What every format is told beside the bulletins. */
export interface ExportContext {
  options: ExportOptions
  say: Say
  /** The article's own style, without fonts: what is exported loads nothing. */
  stylesheet: string
  /** Title of a book of several bulletins. */
  title: string
  now: Date
}

/** A format makes bytes of values: a file of each bulletin, or one book of all. */
export type Format =
  | { kind: 'page'; takesPicture(type: string): boolean; write(item: ExportItem, context: ExportContext): Uint8Array }
  | {
      kind: 'book'
      takesPicture(type: string): boolean
      write(items: readonly ExportItem[], context: ExportContext): Uint8Array
    }
