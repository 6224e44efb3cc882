import { describe, expect, it } from 'vitest'
import type { Discovery } from '../../../../../src/core/follow/discover/discover'
import { chooseChannels } from '../../../../../src/core/follow/discover/discover-source'
import { createDiscoveredSource, createSourceCheck } from '../../../../../src/core/follow/discover/discovered-source'
import type { SourceKind } from '../../../../../src/shared/source'

const estimate = { seen: 0, total: null, lastMonth: null, bytes: 0, newest: null, oldest: null }
const channel = (kind: Exclude<SourceKind, 'portal'>, reachesBack = false): Discovery['channels'][number] => ({
  kind,
  url: `https://a.gov.vn/${kind}`,
  title: null,
  entries: [{ url: 'https://a.gov.vn/1', title: 'Bài một', publishedAt: null, summary: null }],
  total: null,
  reachesBack,
  samples: [],
  estimate,
})
const found = (kind: Discovery['kind'], ...channels: Discovery['channels']): Discovery => ({
  kind,
  address: 'https://a.gov.vn/',
  title: 'Trang chủ - Cổng Sơn Khê',
  channels,
  failed: [],
  estimate,
  isCut: false,
})

describe('chooseChannels', () => {
  it.each<[string, Discovery, string[]]>([
    ['only the feed of a feed address', found('feed', channel('feed'), channel('listing')), ['feed']],
    ['no channel of a bulletin', found('bulletin', channel('feed')), []],
    [
      'no sitemap of a portal whose listings reach back',
      found('portal', channel('feed'), channel('sitemap', true), channel('listing', true)),
      ['feed', 'listing'],
    ],
    [
      'the sitemaps of a portal whose listings do not reach back',
      found('portal', channel('sitemap', true), channel('listing')),
      ['sitemap', 'listing'],
    ],
  ])('chooseChannels chooses %s', (_name, discovery, kinds) => {
    expect(chooseChannels(discovery).map(({ kind }) => kind)).toEqual(kinds)
    const chosen = createDiscoveredSource(discovery).channels.filter(({ isChosen }) => isChosen)
    expect(chosen.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('createDiscoveredSource and createSourceCheck', () => {
  it('createDiscoveredSource and createSourceCheck return the name of the site without the word for "home", and list each entry once', () => {
    const discovery = found('portal', channel('feed'), channel('listing', true))
    expect(createDiscoveredSource(discovery).title).toBe('Cổng Sơn Khê')
    expect(createSourceCheck(discovery).entries).toEqual([
      { url: 'https://a.gov.vn/1', title: 'Bài một', publishedAt: null },
    ])
  })
})
