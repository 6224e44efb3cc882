import { expect, it } from 'vitest'
import { createSnippet } from '../../../../src/shared/search/search-matches'
import { parseQuery } from '../../../../src/shared/search/search-query'

const filler = 'Một câu khác không nói gì thêm. '.repeat(12)

it.each<[string, string, number]>([
  ['at the first match if all parts have one match', `${filler}lúa ở xã${filler}lúa ở huyện`, 1],
  ['where the matches are densest', `lúa ở xã. ${filler}lúa mùa, lúa chiêm, lúa nương. ${filler}lúa và lúa`, 3],
  ['around the last matches if these are densest', `lúa ở xã. ${filler}lúa mùa. ${filler}lúa và lúa`, 2],
])('a snippet begins %s', (_name, text, count) => {
  const snippet = createSnippet(text, parseQuery('lúa')) ?? []
  expect(snippet.filter(({ isMatch }) => isMatch).map((part) => part.text)).toEqual(Array(count).fill('lúa'))
})
