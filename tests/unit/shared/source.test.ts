import { describe, expect, it } from 'vitest'
import { type Source, sourceSchema, initialHealth } from '../../../src/shared/source'

const source: Source = {
  id: '7k3m9x2a7k3m9x2a',
  name: 'Cổng thông tin điện tử tỉnh Bắc Kạn',
  url: 'https://backan.gov.vn/',
  kind: 'portal',
  channels: [{ url: 'https://backan.gov.vn/rss', kind: 'feed' }],
  hosts: [{ host: 'backan.gov.vn', from: null, until: '2025-06-30' }],
  issuer: { name: 'UBND tỉnh Thái Nguyên', nameThen: 'UBND tỉnh Bắc Kạn' },
  schedule: { everyMinutes: 360 },
  pack: null,
  health: initialHealth,
  addedAt: '2026-11-24T03:15:00Z',
}

describe('sourceSchema', () => {
  it('sourceSchema keeps unknown fields of a later version', () => {
    const later = { ...source, colour: 'blue' }
    expect(sourceSchema.parse(JSON.parse(JSON.stringify(later)))).toEqual(later)
  })

  it.each<[string, unknown]>([
    ['an invalid id', { ...source, id: 'ILOU' }],
    ['no host', { ...source, hosts: [] }],
    ['no name', { ...source, name: '' }],
    ['an unknown kind', { ...source, kind: 'blog' }],
    ['a schedule that is too frequent', { ...source, schedule: { everyMinutes: 1 } }],
  ])('sourceSchema rejects a document with %s', (_name, document) => {
    expect(sourceSchema.safeParse(document).success).toBe(false)
  })
})
