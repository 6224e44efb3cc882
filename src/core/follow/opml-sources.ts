import { AppError } from '../../shared/errors'
import type { Source } from '../../shared/source'
import type { RunTask } from '../threads/task'
import { endLongTurn } from '../threads/event-loop'
import { opmlTask } from './follow-tasks'
import { type OpmlOutline, writeOpml } from './opml'
import type { SourceStore } from '../library/sources/source-store'
import { createSource } from './create-source'
import { createSourceLookup } from './source-lookup'

/** The number of minutes between two refreshes of an imported source. */
const defaultEveryMinutes = 360

/**
 * Adds the sources of an OPML document. Returns the added sources, the number of sources that were followed before and
 * stay unchanged (`known`), and the names of outlines without a valid address (`unreadable`). The first refresh of a
 * site without a feed discovers its channels (feeds, listings and sitemaps). Throws `not-opml`.
 */
export async function importOpml(
  text: string,
  runTask: RunTask,
  sourceStore: Pick<SourceStore, 'listSources' | 'putSources'>,
  now: Date,
): Promise<{ added: Source[]; known: number; unreadable: string[] }> {
  const opml = await runTask(opmlTask, { text }, { name: 'OPML' })
  if (opml === null) throw new AppError('not-opml', 'import sources: not OPML')
  const followed = createSourceLookup((await sourceStore.listSources()).sources)
  const added: Source[] = []
  let known = 0
  for (const outline of opml.outlines) {
    await endLongTurn()
    const source = createOutlineSource(outline, now)
    if (source === null) continue
    if (followed.find(source) !== null) known += 1
    else {
      added.push(source)
      followed.add(source)
    }
  }
  await sourceStore.putSources(added)
  return { added, known, unreadable: opml.unreadable }
}

/**
 * Writes all sources as OPML 2.0. A source whose only channel is a feed is written as this feed. Any other source is
 * written as a site.
 */
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

function createOutlineSource({ title, feedUrl, siteUrl }: OpmlOutline, now: Date): Source | null {
  const url = feedUrl ?? siteUrl
  if (url === null) return null
  return createSource(
    {
      url,
      name: title,
      kind: feedUrl === null ? 'portal' : 'feed',
      channels: feedUrl === null ? [] : [{ url: feedUrl, kind: 'feed' }],
      everyMinutes: defaultEveryMinutes,
    },
    { now, isTyped: false },
  )
}
