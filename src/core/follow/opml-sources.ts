import { AppError } from '../../shared/errors'
import type { Source } from '../../shared/source'
import { type OpmlOutline, readOpml, writeOpml } from './opml'
import type { SourceStore } from '../library/sources/source-store'
import { createSource } from './create-source'
import { createSourceLookup } from './source-lookup'

/** Between two refreshes of a source that came with a list. */
const usualEveryMinutes = 360

/**
 * Follows what an OPML document lists; a feed as it is, a site by what is found on it at its first refresh. What is
 * followed already stays as it is. Throws `not-opml`.
 */
export async function importOpml(
  text: string,
  following: Pick<SourceStore, 'sources' | 'putSource'>,
  now: Date,
): Promise<{ added: Source[]; known: number; unreadable: string[] }> {
  const opml = readOpml(text)
  if (opml === null) throw new AppError('not-opml', 'import sources: no OPML')
  const followed = createSourceLookup((await following.sources()).sources)
  const added: Source[] = []
  let known = 0
  for (const outline of opml.outlines) {
    const source = sourceOf(outline, now)
    if (source === null) continue
    if (followed.find(source) !== null) known += 1
    else {
      await following.putSource(source)
      added.push(source)
      followed.add(source)
    }
  }
  return { added, known, unreadable: opml.unreadable }
}

/** Every source as OPML 2.0: one that is read by one feed as that feed, any other as its page. */
export function exportOpml(sources: readonly Source[], now: Date): string {
  return writeOpml(
    'Bản Tin',
    sources.map(({ name, url, channels, kind }): OpmlOutline => {
      const [only, ...more] = channels
      const feedUrl = only?.kind === 'feed' && more.length === 0 ? only.url : null
      return { title: name, feedUrl, siteUrl: kind === 'feed' ? null : url, folders: [] }
    }),
    now,
  )
}

function sourceOf({ title, feedUrl, siteUrl }: OpmlOutline, now: Date): Source | null {
  const url = feedUrl ?? siteUrl
  if (url === null) return null
  return createSource(
    {
      url,
      name: title,
      kind: feedUrl === null ? 'portal' : 'feed',
      channels: feedUrl === null ? [] : [{ url: feedUrl, kind: 'feed' }],
      everyMinutes: usualEveryMinutes,
    },
    { now, isTyped: false },
  )
}
