import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { captionsOf, extracted, pageOf, paragraphsOf } from '../../../support/extract'

// The sample bulletin as a text dump, and as HTML in the forms that pages use.
const sample = readFileSync(
  join(import.meta.dirname, '../../../../../resources/sample/bulletin-2020-09-08.txt'),
  'utf8',
)
const fromText = extracted(sample, null, { name: 'bulletin-2020-09-08.txt' })
const { title, summary, author } = fromText.text
const [caption = ''] = captionsOf(fromText)
const body = paragraphsOf(fromText)
const date = '08/09/2020'
const p = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n')
const toolbar = `<div>${date}</div><div><a href="#">Tăng cỡ chữ</a> <a href="#">Giảm cỡ chữ</a></div>`

describe('extractBulletin, with the sample bulletin as HTML', () => {
  it.each<[string, string]>([
    [
      'with a heading, a lead, a picture and its caption',
      `${toolbar}<h1>${title}</h1><p class="sapo">${summary}</p><div><p><img src="/a.jpg"></p><p><em>${caption}</em></p>${p(body)}<p>${author}</p></div>`,
    ],
    [
      'with the lead in bold in the body',
      `<h1>${title}</h1>${toolbar}<div><p><b>${summary}</b></p><figure><img src="/a.jpg"><figcaption>${caption}</figcaption></figure>${p(body)}<p align="right"><b>${author}</b></p></div>`,
    ],
    [
      'in the elements of SharePoint',
      `<div id="x_pnHide">${date}</div><div id="divArticleDescription3"><h1>${title}</h1></div><div id="divArticleDescription1">${summary}</div><div id="divArticleDescription2"><table><tr><td><img src="/a.jpg"></td></tr><tr><td style="text-align:center">${caption}</td></tr></table>${p(body)}<p>${author}</p></div>`,
    ],
    [
      'below the titles of its blocks',
      `<div><h2>PublishingPortal - Block_BanTin_Toolbar</h2>${toolbar}</div><div><h2>PublishingPortal - Block_BanTin_ViewData</h2><h1>${title}</h1><p class="sapo">${summary}</p><div><p><img src="/a.jpg"><br><i>${caption}</i></p>${p(body)}<p>${author}</p></div></div>`,
    ],
  ])('the extraction reads all parts of the bulletin %s', (_form, html) => {
    const bulletin = extracted(pageOf(html, `<meta name="description" content="${summary}">`))
    expect(bulletin.text.title).toBe(title)
    expect(bulletin.text.summary).toBe(summary)
    expect(bulletin.text.author).toBe(author)
    expect(bulletin.text.published.value).toBe('2020-09-08')
    expect(captionsOf(bulletin)).toEqual([caption])
    expect(paragraphsOf(bulletin)).toEqual(body)
  })
})
