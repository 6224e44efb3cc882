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

describe('what was found at an address', () => {
  it.each<[string, Discovery, string[]]>([
    ['a feed is followed alone', found('feed', channel('feed'), channel('listing')), ['feed']],
    ['of a bulletin nothing is', found('bulletin', channel('feed')), []],
    [
      'of a portal whose lists reach back its sitemaps are not',
      found('portal', channel('feed'), channel('sitemap', true), channel('listing', true)),
      ['feed', 'listing'],
    ],
    [
      'of a portal whose lists do not, they are',
      found('portal', channel('sitemap', true), channel('listing')),
      ['sitemap', 'listing'],
    ],
  ])('%s', (_name, discovery, kinds) => {
    expect(chooseChannels(discovery).map(({ kind }) => kind)).toEqual(kinds)
    const chosen = createDiscoveredSource(discovery).channels.filter(({ isChosen }) => isChosen)
    expect(chosen.map(({ kind }) => kind)).toEqual(kinds)
  })

  it('is called by the name of the site, and gives each entry once', () => {
    const discovery = found('portal', channel('feed'), channel('listing', true))
    expect(createDiscoveredSource(discovery).title).toBe('Cổng Sơn Khê')
    expect(createSourceCheck(discovery).entries).toEqual([
      { url: 'https://a.gov.vn/1', title: 'Bài một', publishedAt: null },
    ])
  })
})
