// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { findText } from '../../../../../src/renderer/src/lib/article/find-text'

/** What is found in paragraphs of these texts, as it stands there. */
function found(paragraphs: readonly string[], typed: string): string[] {
  const article = document.createElement('article')
  for (const text of paragraphs) {
    const paragraph = document.createElement('p')
    // Two nodes, so that a find may begin in one and end in the other.
    paragraph.append(text.slice(0, 4), text.slice(4))
    article.append(paragraph)
  }
  document.body.replaceChildren(article)
  return findText(article, typed).map((range) => range.toString())
}

describe('finding in a bulletin', () => {
  it.each<[string, string[], string, string[]]>([
    ['without marks finds every spelling', ['Bắc Kạn và bác cần'], 'bac', ['Bắc', 'bác']],
    ['with marks finds that spelling alone', ['Bắc Kạn và bác cần'], 'bác', ['bác']],
    ['with marks finds others where the bulletin has it not so', ['Bắc Kạn'], 'bạc', ['Bắc']],
    ['finds a part of a word', ['phong trào'], 'ong tr', ['ong tr']],
    ['finds Đ by d, and Eth as Đ', ['Đảng và Ðảng'], 'dang', ['Đảng', 'Ðảng']],
    ['finds Eth by đ', ['Ðảng bộ'], 'đảng', ['Ðảng']],
    ['finds marks that stand apart', ['Ba\u0306\u0301c Kạn'], 'bắc', ['Ba\u0306\u0301c']],
    ['takes any blanks for one', ['Bắc\u00a0 Kạn'], 'bắc kạn', ['Bắc\u00a0 Kạn']],
    ['does not go from one paragraph into the next', ['hết', 'bài'], 'hết bài', []],
    ['takes signs as signs', ['5,3% (năm)'], '% (', ['% (']],
    ['finds nothing for nothing', ['Bắc Kạn'], '  ', []],
    ['counts no overlaps', ['aaaa'], 'aa', ['aa', 'aa']],
  ])('%s', (_name, paragraphs, typed, expected) => expect(found(paragraphs, typed)).toEqual(expected))
})
