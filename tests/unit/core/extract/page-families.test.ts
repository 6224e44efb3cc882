import { describe, expect, it } from 'vitest'
import { articles, listTexts } from '../../../support/page-families/article-kinds'
import { buildPage } from '../../../support/page-families/build-page'
import { builderFamilies } from '../../../support/page-families/families'
import { otherFamilies } from '../../../support/page-families/other-families'
import { noise } from '../../../support/page-families/page-chrome'
import { portalFamilies } from '../../../support/page-families/portal-families'
import { extracted } from '../../support/extract'

const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const readAll = (html: string): string => {
  const { text } = extracted(html, null)
  return fold(`${text.summary ?? ''} ${text.bodyHtml.replace(/<[^>]+>/g, ' ').replaceAll('&quot;', '"')}`)
}
const pages = [...builderFamilies, ...portalFamilies, ...otherFamilies].flatMap((family) =>
  articles.map((article) => ({ name: `${family.name}, ${article.name}`, family, article })),
)

describe('extractBulletin, with a page of each family', () => {
  it.each(pages)('the extraction keeps all texts of the article on the page of $name', ({ family, article }) => {
    const found = readAll(buildPage(family, article))
    expect(listTexts(article).filter((text) => !found.includes(fold(text)))).toEqual([])
  })

  it.each(pages)(
    'the extraction leaves out other articles, comments and the imprint on the page of $name',
    ({ family, article }) => {
      const found = readAll(buildPage(family, article))
      expect(noise.filter((text) => found.includes(fold(text)))).toEqual([])
    },
  )

  it('control: the pages contain the texts of other articles, comments and the imprint', () => {
    const bare = pages.filter(({ family, article }) => !noise.some((text) => buildPage(family, article).includes(text)))
    expect(bare).toEqual([])
  })
})
