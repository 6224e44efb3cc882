import { describe, expect, it } from 'vitest'
import { extractBulletin } from '../../../../src/core/extract/extract'
import { textLimits } from '../../../../src/core/extract/text-limits'
import { AppError } from '../../../../src/shared/errors'

const sentence = 'Hội nghị bàn về việc thu hoạch vụ mùa và phòng chống dịch bệnh của toàn huyện trong năm nay. '
const extract = (body: string, head = ''): ReturnType<typeof extractBulletin> =>
  extractBulletin({
    bytes: Buffer.from(
      `<!doctype html><html><head>${head}</head><body>${body}<p>${sentence}</p><p>${sentence}</p></body></html>`,
    ),
    name: 'tin.html',
  })

describe('the limits of the texts of a bulletin', () => {
  it('the title of a bulletin in JSON is shortened to the limit, without half of a letter at the end', () => {
    const document = { title: `Tin${'\u{1f600}'.repeat(50_000)}`, author: 'Lan '.repeat(5_000), bodyText: sentence }
    const { title, author } = extractBulletin({ bytes: Buffer.from(JSON.stringify(document)), name: 'tin.json' }).text
    expect(title.length).toBeLessThanOrEqual(textLimits.maxTitle)
    expect(title).toMatch(/\u{1f600}…$/u)
    expect(title.isWellFormed()).toBe(true)
    expect(author?.length).toBe(textLimits.maxTitle)
  })

  it('the name of a source is shortened to the limit', () => {
    const { source } = extract('<h1>Họp</h1>', `<meta property="og:site_name" content="${'Báo '.repeat(20_000)}">`)
    expect(source.name?.length ?? 0).toBeLessThanOrEqual(textLimits.maxTitle)
  })

  it('a summary of ten thousand characters stays unchanged', () => {
    const document = { title: 'Tin', summary: `${sentence.repeat(100)}hết`, bodyText: sentence }
    const { summary } = extractBulletin({ bytes: Buffer.from(JSON.stringify(document)), name: 'tin.json' }).text
    expect(summary).toBe(document.summary)
  })

  it('a law of a million characters is accepted, and a text that is longer than the limit is refused', () => {
    const paragraphs = (length: number): string =>
      `<h1>Luật</h1>${`<p>${sentence.repeat(100)}</p>`.repeat(Math.ceil(length / (sentence.length * 100)))}`
    expect(extract(paragraphs(1_000_000)).text.bodyText.length).toBeGreaterThan(1_000_000)
    let thrown: unknown = null
    try {
      extract(paragraphs(textLimits.maxBody + 10_000))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AppError)
    expect(thrown).toMatchObject({ code: 'too-complex', details: { name: 'tin.html' } })
  })
})
