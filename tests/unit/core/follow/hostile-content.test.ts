import { describe, expect, it } from 'vitest'
import { detectContent } from '../../../../src/core/follow/discover/detect-content'
import { channelPageTask, opmlTask } from '../../../../src/core/follow/follow-tasks'
import { readChannelPage } from '../../../../src/core/follow/read-channel-page'
import { createParsing } from '../../../../src/core/parsing/create-parsing'

const address = 'https://cong.example.vn/tin/'
const attributes = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}="b"`).join(' ')
const received = (text: string): { address: string; bytes: Uint8Array; charset: null } => ({
  address,
  bytes: Buffer.from(text),
  charset: null,
})
const refusal = { code: 'too-complex', details: { name: 'cong.example.vn/tin/' } }

describe('content that a portal or a file sends', () => {
  it.each([
    ['a page', `<p ${attributes(1_001)}>x</p>`],
    ['a feed', `<rss><channel><item ${attributes(1_001)}><title>x</title></item></channel></rss>`],
    ['a feed with closed elements', `<rss><channel><item ${attributes(1_001)}/></channel></rss>`],
  ])('%s is refused as too-complex if an element has more than 1,000 attributes', async (_what, text) => {
    await expect(detectContent(received(text))).rejects.toMatchObject({ code: refusal.code })
    await expect(readChannelPage({ ...received(text), kind: 'feed' })).rejects.toMatchObject({ code: refusal.code })
  })

  it('a feed with exactly 1,000 attributes on an element is read', async () => {
    const text = `<rss><channel><item ${attributes(1_000)}><title>x</title><link>/1</link></item></channel></rss>`
    expect((await readChannelPage({ ...received(text), kind: 'feed' })).entries).toHaveLength(1)
  })

  it('the error for an OPML file with too many attributes on an element contains the name of the file', async () => {
    const text = `<opml><body><outline ${attributes(1_001)}/></body></opml>`
    const read = createParsing(null).run(opmlTask, { text }, { name: 'OPML' })
    await expect(read).rejects.toMatchObject({ code: 'too-complex', details: { name: 'OPML' } })
  })

  it('detectContent returns names of limited length, even if a title has many characters', async () => {
    const title = 'Tin tức '.repeat(100_000)
    const link = `<link rel="alternate" type="application/rss+xml" href="/rss" title="${title}">`
    const content = await detectContent(received(`<title>${title}</title>${link}<p>x</p>`))
    const names = [content.page?.title ?? null, ...(content.page?.feedLinks ?? []).map(({ name }) => name)]
    expect(names.map((name) => (name ?? '').slice(0, 8))).toEqual(['Tin tức ', 'Tin tức '])
    expect(Math.max(...names.map((name) => name?.length ?? 0))).toBeLessThanOrEqual(2_000)
  })

  it('the entries of a feed get canonical addresses', async () => {
    const text =
      '<rss><channel><item><title>x</title><link>HTTP://Cong.Example.VN/tin/1#a</link></item></channel></rss>'
    const { entries } = await createParsing(null).run(
      channelPageTask,
      { ...received(text), kind: 'feed' },
      { name: 'feed' },
    )
    expect(entries).toMatchObject([
      { url: 'http://cong.example.vn/tin/1', key: expect.stringContaining('cong.example.vn') as string },
    ])
  })
})
