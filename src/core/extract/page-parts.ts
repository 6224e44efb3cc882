import type { BulletinSource, OfficialDocument, Published } from '../../shared/bulletin'
import type { PageRepair } from '../text/repair/page-repair'
import type { BodyItem } from './body-item'
import type { PageMedia } from './page-media'
import type { Pack } from './portals/pack'
import type { PageAccount } from './removals/page-account'
import type { Removal } from './removals/removal-log'

/** The parts of a page. Strings are unrepaired, and the HTML of the body is not yet sanitised. */
export interface PageParts {
  title: string
  summary: string | null
  author: string | null
  published: Published
  items: BodyItem[]
  /** Addresses of the pictures. A picture mark in the HTML of an item contains the index of an address in this list. */
  pictures: string[]
  /** The addresses of the further pages of this article. */
  morePages: readonly string[]
  attachments: PageMedia['attachments']
  address: string | null
  source: BulletinSource
  /** The facts of an official document, or null. */
  official: OfficialDocument | null
  log: readonly Removal[]
  /** How many characters of the page were kept and removed. Null for a text dump or a text from the metadata. */
  account: PageAccount | null
  /** Id and version of the pack that was used (`liferay/1`), or null if no pack matched. */
  pack: string | null
}

/** What is known about a page besides its HTML. */
export interface PageContext {
  /** File name, for errors. */
  name: string
  /** Address that the bytes came from. Null for files. */
  address: string | null
  /** Address that a saved page came from, if something outside the page names that address. */
  savedFrom?: string | null
  /** Whether the text keeps everything that the page shows, without looking for an article. */
  keepsAll?: boolean
  /** Packs in the order in which they are tried. */
  packs: readonly Pack[]
  /**
   * What was saved together with the page: references to files beside the page and absolute addresses in its archive.
   */
  savedReferences: readonly string[]
  /**
   * Repairs letters that an old Vietnamese encoding garbled. The repair runs before any other step reads the DOM tree.
   */
  repair: PageRepair
}
