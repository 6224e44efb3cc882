import type { BulletinSource, Published } from '../../shared/bulletin'
import type { PageRepair } from '../text/repair/page-repair'
import type { BodyItem } from './body-item'
import type { PageMedia } from './page-media'
import type { Pack } from './portals/pack'
import type { Removal } from './removals/removal-log'

/** An HTML page taken apart; strings as received, the body's HTML not yet sanitised. */
export interface PageParts {
  title: string
  summary: string | null
  author: string | null
  published: Published
  items: BodyItem[]
  /** See {@link ./body/body-items.BodyParts}. */
  pictures: string[]
  attachments: PageMedia['attachments']
  address: string | null
  source: BulletinSource
  log: readonly Removal[]
  /** Id and version of the pack that read the page (`liferay/1`); null for general extraction. */
  pack: string | null
}

/** What is known of a page besides its HTML. */
export interface PageContext {
  name: string
  /** Address the bytes came from; null for files. */
  address: string | null
  /** Packs to try, in their order. */
  packs: readonly Pack[]
  /** What was saved with the page: references beside it, absolute addresses in its archive. */
  carried: readonly string[]
  /** Makes the letters of old encodings right, before anything is read from the tree. */
  repair: PageRepair
}
