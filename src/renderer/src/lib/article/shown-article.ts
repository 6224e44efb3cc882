import type { Ref } from 'vue'
import type { ReadingText } from './reading-text'

/** The article's frame, its document and the article in it. Each part is null until that part is loaded. */
export interface ShownArticle {
  frame: Readonly<Ref<HTMLIFrameElement | null>>
  /** The document in the frame. */
  page: Readonly<Ref<Document | null>>
  /** The article element in that document. */
  root: Readonly<Ref<HTMLElement | null>>
  reading: Readonly<Ref<ReadingText | null>>
}
