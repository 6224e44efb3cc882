import { describe, expect, it } from 'vitest'
import { extracted, pageOf } from '../../../support/extract'

const title = 'Xã Mường Khoa mở lớp xóa mù chữ cho phụ nữ bản cao'
const summary = 'Lớp học ba buổi tối một tuần tại nhà văn hóa bản, có cô giáo của trường tiểu học đứng lớp.'
const texts = [
  'Tối mồng hai, ba mươi mốt học viên của bản Phiêng Lanh đến lớp buổi đầu tiên, người cao tuổi nhất đã sáu mươi ba tuổi.',
  'Nhà trường tặng mỗi học viên một bộ sách và hai quyển vở; bản cử người trông trẻ để các chị yên tâm ngồi học.',
]
const body = texts.map((text) => `<p>${text}</p>`).join('')
const others: readonly (readonly [string, string])[] = [
  [
    'Bản Nà Cóoc làm mới hai cây cầu qua suối',
    'Hai cây cầu gỗ được thay bằng cầu bê tông để xe máy đi lại an toàn trong mùa mưa.',
  ],
  [
    'Hội phụ nữ xã tặng giống gà cho hội viên nghèo',
    'Mỗi hộ được nhận hai mươi con gà giống và thức ăn cho tháng đầu tiên sau khi nhận.',
  ],
  [
    'Trạm y tế xã tiêm phòng cho trẻ dưới năm tuổi',
    'Đợt tiêm diễn ra trong hai ngày, có xe đón các cháu ở những bản cách xa trung tâm.',
  ],
]

/** The markup of one family: its article with and without a summary, one card, and its address. */
interface Family {
  name: string
  address: string | null
  article: (sapo: string) => string
  card: (other: (typeof others)[number]) => string
}

const families: Family[] = [
  {
    name: 'Liferay',
    address: null,
    article: (sapo) =>
      `<h1 class="portlet-title">${title}</h1><div class="asset-full-content">${sapo === '' ? '' : `<div class="asset-summary">${sapo}</div>`}<div class="asset-content"><div class="journal-content-article">${body}</div></div></div>`,
    card: ([name, excerpt]) =>
      `<div class="asset-full-content"><h3 class="asset-title"><a href="/a/${name.length}">${name}</a></h3><div class="asset-summary">${excerpt}</div></div>`,
  },
  {
    name: 'tandan',
    address: null,
    article: (sapo) =>
      `<div class="tandan-p-article-news-title">${title}</div>${sapo === '' ? '' : `<div class="tandan-p-article-news-summary">${sapo}</div>`}<div class="tandan-p-article-main">${body}</div>`,
    card: ([name, excerpt]) =>
      `<div class="tin"><div class="tandan-p-article-news-title"><a href="/b/${name.length}">${name}</a></div><div class="tandan-p-article-news-summary">${excerpt}</div></div>`,
  },
  {
    name: 'UIArticle',
    address: 'https://phong.ninhbinh.gov.vn/tin/lop-hoc-12',
    article: (sapo) =>
      `<div class="PostTitle">${title}</div>${sapo === '' ? '' : `<div class="ArticleSummary">${sapo}</div>`}<div class="ArticleContent">${body}</div>`,
    card: ([name, excerpt]) =>
      `<div class="item"><div class="ArticleHeader"><a href="/c/${name.length}">${name}</a></div><div class="ArticleSummary">${excerpt}</div></div>`,
  },
  {
    name: 'article-brief',
    address: 'https://xa.gialai.gov.vn/tin/lop-hoc',
    article: (sapo) =>
      `<h1 class="title-detail">${title}</h1>${sapo === '' ? '<i class="article-brief"></i>' : `<div class="article-brief">${sapo}</div>`}<div class="article-content">${body}</div>`,
    card: ([name, excerpt]) =>
      `<div class="tin-nho"><a class="article-title" href="/d/${name.length}">${name}</a><div class="article-brief">${excerpt}</div></div>`,
  },
]

const cardsOf = ({ card }: Family, count = others.length): string => others.slice(0, count).map(card).join('')
/** Where the cards stand on the page. */
const places: [string, (family: Family, article: string) => string][] = [
  ['below the article', (family, article) => `<div>${article}</div><div class="khac">${cardsOf(family)}</div>`],
  ['above the article', (family, article) => `<div class="dau">${cardsOf(family)}</div><div>${article}</div>`],
  ['in a column', (family, article) => `<table><tr><td>${article}</td><td>${cardsOf(family)}</td></tr></table>`],
  [
    'below the article, only one',
    (family, article) => `<div>${article}</div><div class="khac">${cardsOf(family, 1)}</div>`,
  ],
]
const cases = families.flatMap((family) =>
  places.map(([place, build]) => ({ name: family.name, place, family, build })),
)

describe('readPackParts, with cards that use the names of the article', () => {
  it.each(cases)('readPackParts takes no summary from a card $place: $name', ({ family, build }) => {
    const { text } = extracted(pageOf(build(family, family.article(''))), family.address)
    expect(others.flatMap((each) => [...each]).filter((part) => text.summary === part)).toEqual([])
    expect(text.title).toBe(title)
    expect(texts.filter((part) => !text.bodyText.includes(part))).toEqual([])
  })

  it.each(cases)('readPackParts takes the summary of the article if cards stand $place: $name', ({ family, build }) => {
    const { text, extractor } = extracted(pageOf(build(family, family.article(summary))), family.address)
    expect(text.summary).toBe(summary)
    expect(extractor.pack).not.toBeNull()
  })
})
