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
import { isPlainFolder } from '../../trust/plain-files'
import { bulletinDocument, readDocumentNow, revisionDocument } from '../store/documents'
import type { LibraryIndex } from './library-index'
import type { SearchedText } from './index-entry'
import { understandQuery } from '../../text/typing/understand-query'

/** Maximum number of hits, the best ones, that are sorted by their spelling. */
const maxReorderedHits = 60

/**
 * Searches the library. For a query with diacritics, hits with this spelling come first, and hits that differ only in
 * diacritics follow. A query without diacritics finds every spelling. With the order `best`, the first hits are sorted
 * again, so that those with the most frequent spelling come first. `spellings` lists the spellings of the hits.
 * If nothing is found, the query is understood in another way (`understandQuery`), which `understoodAs` of the result
 * tells. Snippets are cut from the documents, because the index does not store the original text.
 */
export async function searchLibrary(
  root: string,
  index: Pick<LibraryIndex, 'search'>,
  input: Input<'searchBulletins'>,
): Promise<SearchResult> {
  const result = await searchWords(root, index, input)
  if (result.total > 0) return result
  const understoodAs = await understandQuery(input.query, async (text, maxHits) => {
    const query = parseQuery(text)
    const page = { order: 'newest', offset: 0, limit: 1, maxCounted: maxHits } as const
    return (await index.search(query, { ...filterOf(query), ...input.filter }, page)).total
  })
  if (understoodAs === null) return result
  return { ...(await searchWords(root, index, { ...input, query: understoodAs })), understoodAs }
}

/** Searches the words of a query as they are. */
async function searchWords(
  root: string,
  index: Pick<LibraryIndex, 'search'>,
  { query: text, filter, order = 'newest', offset, limit, isTyping = false, mostCounted }: Input<'searchBulletins'>,
): Promise<SearchResult> {
  const query = parseQuery(text, { isTyping })
  const wanted = { ...filterOf(query), ...filter }
  const isRespelled = order === 'best' && offset < maxReorderedHits && isWithoutMarks(query)
  const page = isRespelled ? { offset: 0, limit: Math.max(maxReorderedHits, offset + limit) } : { offset, limit }
  const { total, isMore, items } = await index.search(query, wanted, { order, ...page, maxCounted: mostCounted })
  // The texts are read one after another, because all texts of a page of hits together would need much memory.
  const hits = items.map(({ folder, stamp, ...item }) => {
    const text = isPlainFolder(root, folder) ? readCachedText(join(root, folder), stamp) : null
    return { ...item, snippet: createSnippetOf(text, query, item), spelling: findSpelling(text, query) }
  })
  const spellings = isWithoutMarks(query) ? countSpellings(hits.map(({ spelling }) => spelling)) : []
  const [commonSpelling] = spellings
  const ordered = isRespelled
    ? hits
        .toSorted(
          (a, b) => Number(b.spelling?.key === commonSpelling?.key) - Number(a.spelling?.key === commonSpelling?.key),
        )
        .slice(offset, offset + limit)
    : hits
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
 * The texts of recent hits. The key is the bulletin's folder and stamp. The texts are cached, because the same
 * bulletins are often hits again while a user types and when many users search.
 */
const textCache = new Map<string, SearchedText>()
/** Maximum number of characters of all cached texts together. */
const maxCachedCharacters = 2_000_000
let cachedCharacters = 0

/**
 * Reads the current text of a bulletin. Uses the cached text if the bulletin has not changed since the index read it.
 */
function readCachedText(folder: string, stamp: string): SearchedText | null {
  const key = `${folder}\n${stamp}`
  const known = textCache.get(key)
  if (known !== undefined) return known
  const text = readText(folder)
  if (text === null) return null
  if (cachedCharacters > maxCachedCharacters) {
    textCache.clear()
    cachedCharacters = 0
  }
  textCache.set(key, text)
  cachedCharacters += text.body.length
  return text
}

/**
 * Reads the current text of a bulletin. Returns null if the documents can't be read, so that the search does not fail.
 * The next writer rebuilds such a bulletin. This function is synchronous, because asynchronous reads of the hundred
 * small files of a page of hits take ten times as long.
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

function createSnippetOf(
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
  /** The spelling in lower case and with one rule for tone placement, for comparison. */
  key: string
  /** The spelling as written in the text. */
  shown: string
}

/**
 * Finds how a text spells the terms of a query that has no diacritics. Looks for the first match of each term, in the
 * title first. Returns null if the text does not contain every term.
 */
function findSpelling(text: SearchedText | null, query: Query): Spelling | null {
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

/** Returns the different spellings, sorted by how often they occur. The most frequent one comes first. */
function countSpellings(spellings: readonly (Spelling | null)[]): Spelling[] {
  const counts = new Map<string, { spelling: Spelling; count: number }>()
  for (const spelling of spellings) {
    if (spelling === null) continue
    const known = counts.get(spelling.key) ?? { spelling, count: 0 }
    counts.set(spelling.key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ spelling }) => spelling)
}
