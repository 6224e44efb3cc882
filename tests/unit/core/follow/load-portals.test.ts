import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadPortals } from '../../../../src/core/follow/load-portals'
import type { Portals } from '../../../../src/shared/portals'
import { choosePortals } from '../../../../src/shared/choose-portals'

let portals: Portals

beforeAll(async () => {
  portals = await loadPortals(resolve(import.meta.dirname, '../../../../resources'))
})

describe('the list of portals by province', () => {
  it('the list has each of the 34 provinces of today, of which six are cities, and each of the 63 former provinces once', () => {
    const former = portals.provinces.flatMap(({ formedFrom }) => formedFrom)
    expect(portals.provinces).toHaveLength(34)
    expect(portals.provinces.filter(({ kind }) => kind === 'city')).toHaveLength(6)
    expect(former).toHaveLength(63)
    expect(new Set(former.map(({ name }) => name)).size).toBe(63)
    const hosts = former.flatMap(({ host, formerHosts }) => [host, ...formerHosts])
    expect(new Set(hosts).size).toBe(hosts.length)
  })

  it('the list has, for every province of today, the portal of the former province with the same name', () => {
    const nameless = portals.provinces.filter(
      ({ name, formedFrom }) => !formedFrom.some((former) => former.name === name),
    )
    expect(nameless).toEqual([])
  })

  it('the list contains the documents from which it was made, and their dates', () => {
    expect(portals.sources.map(({ of }) => of)).toEqual(['provinces', 'hosts'])
    expect(portals.sources.every(({ title, date }) => title !== '' && /^\d{4}-\d{2}-\d{2}$/.test(date))).toBe(true)
  })
})

describe('the list of portals of ministries', () => {
  it('the list has 17 ministries and offices, each with a host of its own', () => {
    expect(portals.ministries).toHaveLength(17)
    expect(new Set(portals.ministries.map(({ host }) => host)).size).toBe(17)
  })

  it.each([
    ['bo y te', 'moh.gov.vn'],
    ['Văn phòng Chính phủ', 'vpcp.chinhphu.vn'],
    ['mst', 'mst.gov.vn'],
  ])('choosePortals finds an office by the name %s', (query, host) => {
    expect(choosePortals(portals, query).map((choice) => choice.host)).toContain(host)
  })
})

describe('choosePortals', () => {
  it.each([
    ['bac kan', ['Bắc Kạn', 'Thái Nguyên'], 'Thái Nguyên'],
    ['Bắc Kạn', ['Bắc Kạn', 'Thái Nguyên'], 'Thái Nguyên'],
    ['thua thien', ['Huế'], 'Huế'],
    ['Hoà Bình', ['Hòa Bình', 'Phú Thọ', 'Vĩnh Phúc'], 'Phú Thọ'],
    ['tphcm', ['Thành phố Hồ Chí Minh', 'Bà Rịa - Vũng Tàu', 'Bình Dương'], 'Thành phố Hồ Chí Minh'],
  ])('choosePortals finds the portals of a province by its current or former name: %s', (query, names, nameNow) => {
    const found = choosePortals(portals, query)
    expect([found.map(({ name }) => name), new Set(found.map((choice) => choice.nameNow))]).toEqual([
      names,
      new Set([nameNow]),
    ])
  })

  it('choosePortals returns all portals for an empty query, and none for an unknown name', () => {
    expect(choosePortals(portals, '')).toHaveLength(63 + 17)
    expect(choosePortals(portals, 'Atlantis')).toEqual([])
    expect(choosePortals(portals, 'bac kan')[0]?.url).toBe('https://backan.gov.vn/')
  })
})
