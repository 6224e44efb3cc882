import { join } from 'node:path'
import type * as z from 'zod/mini'
import type { Filter, ListItem } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { exactWord } from '../../../shared/text/word-keys'
import { findMatchRanges, type SnippetPart, createSnippet } from '../../../shared/search/search-matches'
import { parseQuery, type Query } from '../../../shared/search/search-query'
import { AppError } from '../../../shared/errors'
import { names, revisionPath } from '../store/bulletin-folder'
import { systemCode } from '../../files'
import { bulletinDocument, readDocumentNow, revisionDocument } from '../store/documents'
import type { LibraryIndex } from './library-index'
import type { SearchedText } from './index-entry'

/** So many of the best hits are looked at for their spelling, and put in order by it. */
const maxReorderedHits = 60

/**
 * Searches the library. A query with marks finds what is spelled so first, then what only sounds so; one without marks
 * finds every spelling, and of the best hits the commonest spelling comes first, the others are offered in
 * `spellings`. Snippets are cut from the documents, so that they show the text as it stands.
 */
export async function searchLibrary(
  root: string,
  index: Pick<LibraryIndex, 'search'>,
  { query: text, filter, order = 'newest', offset, limit, isTyping = false, mostCounted }: Input<'searchBulletins'>,
): Promise<SearchResult> {
  const query = parseQuery(text, { isTyping })
  const wanted = { ...filterOf(query), ...filter }
  const isRespelled = order === 'best' && offset < maxReorderedHits && isWithoutMarks(query)
  const page = isRespelled ? { offset: 0, limit: Math.max(maxReorderedHits, offset + limit) } : { offset, limit }
  const { total, isMore, items } = await index.search(query, wanted, { order, ...page, mostCounted })
  // One text at a time: a page of them, all held until the end, would make the memory grow.
  const spelled = items.map(({ folder, ...item }) => {
    const text = readText(join(root, folder))
    return { ...item, snippet: snippetFor(text, query, item), spelling: spellingOf(text, query) }
  })
  const spellings = isWithoutMarks(query) ? countSpellings(spelled.map(({ spelling }) => spelling)) : []
  const [commonest] = spellings
  const ordered = isRespelled
    ? spelled
        .toSorted((a, b) => Number(b.spelling?.key === commonest?.key) - Number(a.spelling?.key === commonest?.key))
        .slice(offset, offset + limit)
    : spelled
  return {
    total,
    isMore,
    spellings: spellings.map(({ shown }) => shown),
    items: ordered.map(({ spelling: _spelling, ...item }) => item),
  }
}

function filterOf({ source, tag, since, until, number }: Query): Filter {
  return Object.fromEntries(
    Object.entries({ source, tag, since, until, number }).filter(([, value]) => value !== undefined),
  )
}

function isWithoutMarks({ terms }: Query): boolean {
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  return wanted.length > 0 && wanted.every(({ hasMarks }) => !hasMarks)
}

/**
 * The current text of a bulletin; null where it can't be read now (what is damaged the next writer mends). Waits for the disk: a page
 * of hits is a hundred small files, which takes a tenth of the time so.
 */
function readText(folder: string): SearchedText | null {
  const read = <T extends z.ZodMiniType>(name: string, schema: T): z.output<T> =>
    readDocumentNow(join(folder, name), schema)
  try {
    const { revision } = read(names.bulletin, bulletinDocument)
    const { title, summary, author, figures, bodyText } = read(revisionPath(revision), revisionDocument)
    const captions = figures.map(({ caption }) => caption ?? '').join('\n')
    return { title, summary, author, captions, body: bodyText }
  } catch (thrown) {
    const isUnreadable = thrown instanceof AppError && ['bulletin-damaged', 'read-failed'].includes(thrown.code)
    if (isUnreadable || systemCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

function snippetFor(
  text: SearchedText | null,
  query: Query,
  { summary, excerpt }: Pick<ListItem, 'summary' | 'excerpt'>,
): SnippetPart[] {
  const fields = text === null ? [] : [text.body, text.summary, text.captions, text.author]
  for (const field of fields) {
    const snippet = field === null ? null : createSnippet(field, query)
    if (snippet !== null) return snippet
  }
  const shown = summary ?? excerpt ?? ''
  return shown === '' ? [] : [{ text: shown, isMatch: false }]
}

interface Spelling {
  /** As compared: lower case, one placement of the tone. */
  key: string
  /** As it stands in the text. */
  shown: string
}

/** How a text spells what was typed without marks: its first match of each term, the title before the body. */
function spellingOf(text: SearchedText | null, query: Query): Spelling | null {
  if (text === null) return null
  const fields = [text.title, text.summary, text.body, text.captions, text.author]
  const shown = query.terms
    .filter(({ isExcluded, isPrefix }) => !isExcluded && !isPrefix)
    .map((term) => {
      for (const field of fields) {
        const [range] = field === null ? [] : findMatchRanges(field, { terms: [term], alternatives: [] })
        if (field !== null && range !== undefined) return field.slice(range.from, range.to).normalize('NFC')
      }
      return null
    })
  if (shown.length === 0 || shown.some((word) => word === null)) return null
  return { key: shown.map((word) => exactWord(word ?? '')).join(' '), shown: shown.join(' ') }
}

/** Different spellings, the commonest first. */
function countSpellings(spellings: readonly (Spelling | null)[]): Spelling[] {
  const counts = new Map<string, { spelling: Spelling; count: number }>()
  for (const spelling of spellings) {
    if (spelling === null) continue
    const known = counts.get(spelling.key) ?? { spelling, count: 0 }
    counts.set(spelling.key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ spelling }) => spelling)
}
