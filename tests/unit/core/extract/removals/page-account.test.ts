import { describe, expect, it } from 'vitest'
import { articles } from '../../../../support/page-families/article-kinds'
import { buildPage } from '../../../../support/page-families/build-page'
import { builderFamilies } from '../../../../support/page-families/families'
import { otherFamilies } from '../../../../support/page-families/other-families'
import { portalFamilies } from '../../../../support/page-families/portal-families'
import { extracted, pageOf } from '../../../support/extract'

const pages = [...builderFamilies, ...portalFamilies, ...otherFamilies].flatMap((family) =>
  articles.map((article) => ({ name: `${family.name}, ${article.name}`, html: buildPage(family, article) })),
)
const prose =
  'Đoàn kiểm tra ghi nhận toàn bộ mười hai hạng mục của trạm bơm đã hoàn thành đúng bản vẽ, chất lượng bê tông đạt yêu cầu.'
const repeat = (count: number): string =>
  Array.from({ length: count }, (_each, at) => `<p>Mục ${at + 1}. ${prose}</p>`).join('')

describe('extractBulletin, account of a page', () => {
  it.each(pages)('the characters in the body and in the removal log add up to those of the page: $name', ({ html }) => {
    const { account } = extracted(html, null)
    expect((account?.kept ?? 0) + (account?.removed ?? 0)).toBe(account?.total)
  })

  it('each character of the page is in the body or in the removal log with a reason', () => {
    const { account, log } = extracted(
      pageOf(`<div><h1>Nghiệm thu trạm bơm</h1>${repeat(3)}</div><aside><p>${prose}</p></aside>`),
    )
    const letters = (text: string): number => text.replace(/\s+/gu, '').length
    const line = letters(prose)
    expect(account?.kept).toBe(3 * line + 3 * letters('Mục 1.'))
    expect(account?.removed).toBe(line + letters('Nghiệm thu trạm bơm'))
    expect(log.map(({ reason }) => reason)).toContain('beside')
  })

  it('the account lists the removed parts if they hold a fifth of the prose or more', () => {
    const page = (count: number): string =>
      pageOf(
        `<div><h1>Nghiệm thu trạm bơm</h1>${repeat(4)}</div><aside class="sidebar"><p>${prose}</p>${repeat(count)}</aside>`,
      )
    expect(extracted(page(2)).account?.leftOut.map(({ element }) => element)).toEqual(['aside.sidebar'])
  })

  it('the account lists no removed part if only a footer with much prose was removed', () => {
    const html = pageOf(
      `<div><h1>Nghiệm thu trạm bơm</h1>${repeat(4)}</div><footer class="footer"><p>${prose}</p></footer>`,
    )
    expect(extracted(html).account?.leftOut).toEqual([])
  })
})
