import { lexer, type Token } from 'marked'

/** The pages of the guide in their order: the names of the files in `docs/vi`. */
export const guidePages = [
  'cai-dat',
  'them-cong',
  'doc-va-co-chu',
  'in',
  'in-tap-gap',
  'xuat-ra-tep',
  'nghe',
  'sao-luu',
] as const
/** One of {@link guidePages}. */
export type GuidePage = (typeof guidePages)[number]

/** A page as read: its title and what follows, as tokens. HTML in it is text like any other. */
export interface GuideContent {
  title: string
  tokens: readonly Token[]
}

const files = import.meta.glob<string>('../../../../../docs/vi/*.md', { query: '?raw', import: 'default' })
const pictures = import.meta.glob<string>('../../../../../docs/vi/images/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Reads a page; throws when the build has none of that name. */
export async function readGuidePage(page: GuidePage): Promise<GuideContent> {
  const read = files[`../../../../../docs/vi/${page}.md`]
  if (read === undefined) throw new Error(`guide: no page ${page}`)
  const [heading, ...tokens] = lexer(await read())
  return heading?.type === 'heading' ? { title: String(heading['text']), tokens } : { title: page, tokens }
}

/** The address of a page's picture ("images/x.png"), or null where the build has none. */
export function guidePicture(path: string): string | null {
  return pictures[`../../../../../docs/vi/${path}`] ?? null
}

/** The page that a link within the guide leads to ("in.md"), or null. */
export function guideLink(address: string): GuidePage | null {
  return guidePages.find((page) => address === `${page}.md`) ?? null
}
