import robotsParser from 'robots-parser'
import { describe, expect, it } from 'vitest'
import { selectRobotsRules } from '../../../../../src/core/fetch/politeness/robots-rules'

const url = 'https://cong.example.vn/robots.txt'

describe('the rules of a robots.txt', () => {
  it.each([
    ['rules for all', 'User-agent: *\nDisallow: /admin\nAllow: /admin/tin\nCrawl-delay: 2\n'],
    ['a group of its own', 'User-agent: *\nDisallow: /\n\nUser-agent: BanTin/1.0\nDisallow: /tim-kiem\n'],
    [
      'a group for several programs',
      'User-agent: a\nUser-agent: bantin\nDisallow: /tin*$\nUser-agent: *\nDisallow: /\n',
    ],
    [
      'two groups with the same name',
      'User-agent: BanTin\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: BanTin\nDisallow: /b',
    ],
    ['a group without rules', 'User-agent: *\nDisallow: /\nUser-agent: bantin\nDisallow:\n'],
    [
      'comments and old line ends',
      '# x\rUser-agent : * # all\rDISALLOW : /admin # y\rSitemap: https://cong.example.vn/s.xml\r',
    ],
    ['rules before a name', 'Disallow: /tin\nUser-agent: *\nDisallow: /admin'],
    ['no rules', ''],
  ])('the rules that selectRobotsRules selects allow the same addresses as the whole file with %s', (_what, text) => {
    const whole = robotsParser(url, text)
    const selected = robotsParser(url, selectRobotsRules(text, 'BanTin'))
    const ask = (robots: typeof whole): unknown => [
      ['/', '/admin', '/admin/tin', '/tin', '/tin/bai-1', '/tim-kiem', '/a', '/b'].map(
        (path) => robots.isAllowed(new URL(path, url).href, 'BanTin') !== false,
      ),
      robots.getCrawlDelay('BanTin'),
      robots.getSitemaps(),
    ]
    expect(ask(selected)).toEqual(ask(whole))
  })

  it('selectRobotsRules keeps one name and 5,000 rules of a file with 15,000 names and 20,000 rules', () => {
    const text = `${'User-agent: *\n'.repeat(15_000)}${'Disallow: /\n'.repeat(20_000)}`
    const lines = selectRobotsRules(text, 'BanTin').split('\n')
    expect(lines.filter((line) => line.startsWith('User-agent'))).toHaveLength(1)
    expect(lines.length).toBeLessThanOrEqual(5_001)
  })

  it('selectRobotsRules leaves out rules that take much time to match', () => {
    const text = `User-agent: *\nDisallow: /admin\n${`Disallow: /${'*a'.repeat(100)}$\n`.repeat(2_000)}Disallow: /${'a'.repeat(2_000)}\n`
    const rules = selectRobotsRules(text, 'BanTin').split('\n')
    expect(rules).toContain('disallow: /admin')
    expect(rules.join('').length).toBeLessThan(5_100)
  })
})
