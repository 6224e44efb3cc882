import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extractBulletin } from '../../../../../src/core/extract/extract'
import { parsePack } from '../../../../../src/core/extract/portals/pack'
import { builtInPacks } from '../../../../../src/core/extract/portals/built-in-packs'

const fixtures = join(import.meta.dirname, '../../../../fixtures/portals')
const address = 'https://cong.example.vn/tin/bai.html'

/** The expected parts of a test page. They are in a file beside the page and were written by hand. */
interface Expected {
  /**
   * Address of the test page. Absent if the page has the usual {@link address}. Some packs are used only on certain
   * hosts.
   */
  address?: string
  pack: string
  title: string
  summary: string | null
  author: string | null
  published: { value: string; from: string }
  source: string | null
  body: string[]
  captions: string[]
  pictures: string[]
  attachments: { address: string; name: string }[]
}

describe.each(builtInPacks.map((pack) => pack.id))('the pack %s', (id) => {
  const bytes = readFileSync(join(fixtures, `${id}.html`))
  // the pack reads all parts of its test page
  const expected = JSON.parse(readFileSync(join(fixtures, `${id}.expected.json`), 'utf8')) as Expected

  it('the pack reads all parts of the page that was saved or written to test this pack', () => {
    const { address: from = address, ...parts } = expected
    const { text, media, source, extractor } = extractBulletin({ bytes, name: `${id}.html`, address: from })
    const read: Expected = {
      pack: extractor.pack ?? '',
      title: text.title,
      summary: text.summary,
      author: text.author,
      published: { value: text.published.value ?? '', from: text.published.from ?? '' },
      source: source.name,
      body: text.bodyText.split('\n\n'),
      captions: text.figures.flatMap(({ caption }) => (caption === null ? [] : [caption])),
      pictures: media.pictures.map((picture) => picture.address),
      attachments: media.attachments,
    }
    expect(read).toEqual(parts)
  })

  it('the pack also passes the check for user packs', () => {
    const pack = builtInPacks.find((one) => one.id === id)
    expect(parsePack(JSON.stringify(pack), `${id}.json`)).toEqual(pack)
  })
})

it('control: no pack matches a page whose ids were removed', () => {
  const page = readFileSync(join(fixtures, 'sharepoint.html'), 'utf8').replaceAll(/ id="[^"]*"/g, '')
  expect(extractBulletin({ bytes: Buffer.from(page), name: 'a.html', address }).extractor.pack).toBeNull()
})
