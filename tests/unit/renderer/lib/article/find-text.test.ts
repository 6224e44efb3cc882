// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { findText } from '../../../../../src/renderer/src/lib/article/find-text'

// happy-dom has no static ranges.
vi.stubGlobal(
  'StaticRange',
  class {
    constructor(init: StaticRangeInit) {
      Object.assign(this, init)
    }
  },
)

/** Returns the matches in paragraphs with these texts. */
function found(paragraphs: readonly string[], typed: string): string[] {
  const article = document.createElement('article')
  for (const text of paragraphs) {
    const paragraph = document.createElement('p')
    // Each paragraph has two text nodes, so that a match may begin in one node and end in the other.
    paragraph.append(text.slice(0, 4), text.slice(4))
    article.append(paragraph)
  }
  document.body.replaceChildren(article)
  return findText(article, typed).map(({ startContainer, startOffset, endContainer, endOffset }) => {
    const range = document.createRange()
    range.setStart(startContainer, startOffset)
    range.setEnd(endContainer, endOffset)
    return range.toString()
  })
}

describe('findText', () => {
  it.each<[string, string[], string, string[]]>([
    ['finds every spelling if the typed text has no marks', ['Bắc Kạn và bác cần'], 'bac', ['Bắc', 'bác']],
    ['finds only the same spelling if the typed text has marks', ['Bắc Kạn và bác cần'], 'bác', ['bác']],
    ['finds other spellings if the article lacks the typed spelling', ['Bắc Kạn'], 'bạc', ['Bắc']],
    ['finds a part of a word', ['phong trào'], 'ong tr', ['ong tr']],
    ['finds both Đ and Eth if the user types d', ['Đảng và Ðảng'], 'dang', ['Đảng', 'Ðảng']],
    ['finds Eth if the user types đ', ['Ðảng bộ'], 'đảng', ['Ðảng']],
    ['finds decomposed letters if the user types composed ones', ['Ba\u0306\u0301c Kạn'], 'bắc', ['Ba\u0306\u0301c']],
    ['treats any white space as one space', ['Bắc\u00a0 Kạn'], 'bắc kạn', ['Bắc\u00a0 Kạn']],
    ['does not match across paragraphs', ['hết', 'bài'], 'hết bài', []],
    ['finds punctuation literally', ['5,3% (năm)'], '% (', ['% (']],
    ['finds nothing for an empty text', ['Bắc Kạn'], '  ', []],
    ['finds no overlapping matches', ['aaaa'], 'aa', ['aa', 'aa']],
    ['finds a match after a soft hyphen', ['Bắc\u00adKạn và Bắc Kạn'], 'kạn', ['Kạn', 'Kạn']],
    ['finds a match after a letter of two UTF-16 units', ['𝐁 Bắc Kạn'], 'kan', ['Kạn']],
    ['finds a match in a text of many thousand letters', ['Bắc '.repeat(3_000) + 'Kạn'], 'bac kan', ['Bắc Kạn']],
  ])('findText %s', (_name, paragraphs, typed, expected) => expect(found(paragraphs, typed)).toEqual(expected))
})
