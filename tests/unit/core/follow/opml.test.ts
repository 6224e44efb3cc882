import { describe, expect, it } from 'vitest'
import { type OpmlOutline, readOpml, writeOpml } from '../../../../src/core/follow/opml'

const created = new Date('2026-11-24T03:15:00Z')

describe('an OPML file', () => {
  it('readOpml reads back all outlines, folders and special characters that writeOpml wrote', () => {
    const outlines: OpmlOutline[] = [
      { title: 'Cổng tỉnh', feedUrl: null, siteUrl: 'https://tinh.example.vn/', folders: [] },
      {
        title: '"Tin" <b>&amp; bài</b> \'mới\'',
        feedUrl: 'https://x.vn/rss?a=1&b=2',
        siteUrl: 'https://x.vn/',
        folders: ['Sở & ngành', 'Báo'],
      },
      { title: 'Thông báo', feedUrl: 'https://y.vn/rss', siteUrl: null, folders: ['Sở & ngành'] },
    ]
    const read = readOpml(writeOpml('Nguồn tin <của tôi>', outlines, created))
    expect(read).toMatchObject({ title: 'Nguồn tin <của tôi>', unreadable: [], isCut: false })
    expect(new Set(read?.outlines)).toEqual(new Set(outlines))
  })

  it('writeOpml removes only the characters that XML does not allow', () => {
    const written = writeOpml('a\u0000\ud800b', [], created)
    expect(readOpml(written)?.title).toBe('ab')
  })

  it('readOpml accepts outlines that are nested, occur twice, differ in case or are not closed', () => {
    const opml = readOpml(`<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
      <OPML version="1.1"><head><title>Của tôi</title></head><body>
      <outline text="Tin"><outline text="Báo &amp; đài"><outline TEXT="A &x;" type="rss" xmlURL="https://a.vn/rss">
      </outline></outline><outline title="A nữa" xmlUrl="https://a.vn/rss"/></outline>
      <outline text="Hỏng" xmlUrl="javascript:alert(1)"/><outline xmlUrl="https://b.vn/rss"/>`)
    expect(opml).toEqual({
      title: 'Của tôi',
      outlines: [
        { title: 'A &x;', feedUrl: 'https://a.vn/rss', siteUrl: null, folders: ['Tin', 'Báo & đài'] },
        { title: 'b.vn', feedUrl: 'https://b.vn/rss', siteUrl: null, folders: [] },
      ],
      unreadable: ['Hỏng'],
      isCut: false,
    })
  })

  it.each([
    ['a feed', '<rss><channel><outline xmlUrl="https://a.vn/"/></channel></rss>'],
    ['a page', '<!doctype html><html></html>'],
    ['an empty text', ''],
  ])('readOpml returns null for %s', (_name, text) => {
    expect(readOpml(text)).toBeNull()
  })

  it('readOpml stops at the maximum number of outlines and of nested elements', () => {
    const many = Array.from({ length: 10_005 }, (_none, at) => `<outline xmlUrl="https://a.vn/${at}"/>`).join('')
    expect(readOpml(`<opml><body>${many}</body></opml>`)).toMatchObject({ isCut: true })
    expect(readOpml(`<opml>${'<outline text="a">'.repeat(100_000)}`)).toMatchObject({ isCut: true, outlines: [] })
  })
})
