import { lexer, type Token } from 'marked'

/** The pages of the guide in order. The values are the names of the files in `docs/vi`. */
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
/** One entry of {@link guidePages}. */
export type GuidePage = (typeof guidePages)[number]

/**
 * A page of the guide: its title, and the Markdown tokens of the text below the title. HTML in the Markdown is shown as
 * text.
 */
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

/** Reads a page. Throws an error if the build does not contain the page. */
export async function readGuidePage(page: GuidePage): Promise<GuideContent> {
  const read = files[`../../../../../docs/vi/${page}.md`]
  if (read === undefined) throw new Error(`guide: no page ${page}`)
  const [heading, ...tokens] = lexer(await read())
  return heading?.type === 'heading' ? { title: String(heading['text']), tokens } : { title: page, tokens }
}

/** Returns the address of a picture ("images/x.png"). Returns null if the build does not contain the picture. */
export function guidePicture(path: string): string | null {
  return pictures[`../../../../../docs/vi/${path}`] ?? null
}

/**
 * Returns the page that a link ("in.md") leads to. Returns null for a link that does not lead to a page of the guide.
 */
export function guideLink(address: string): GuidePage | null {
  return guidePages.find((page) => address === `${page}.md`) ?? null
}
