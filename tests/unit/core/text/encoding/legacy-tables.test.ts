import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LegacyEncoding } from '../../../../../src/core/text/encoding/legacy-encodings'
import { transcode } from '../../../../../src/core/text/encoding/transcode'
import { decodeWestern } from '../../../../../src/core/text/encoding/windows-1252'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

const read = (encoding: LegacyEncoding, bytes: readonly number[], capitals = false): string =>
  transcode(decodeWestern(Uint8Array.from(bytes)), encoding, { capitals }).text

describe('transcode', () => {
  it.each<[LegacyEncoding, number[], string]>([
    ['tcvn3', [0x42, 0xbe, 0x63, 0x20, 0x4b, 0xb9, 0x6e], 'Bắc Kạn'],
    ['tcvn3', [0x6e, 0xad, 0xed, 0x63], 'nước'],
    ['tcvn3', [0x93, 0x42, 0x94], '“B”'],
    ['tcvn5712-1', [0x42, 0xbe, 0x63, 0x20, 0x9e, 0x79], 'Bắc Ủy'],
    ['tcvn5712-1', [0x61, 0xb3, 0x6f], 'áo'],
    ['vni', [0x42, 0x61, 0xe9, 0x63, 0x20, 0x4b, 0x61, 0xef, 0x6e], 'Bắc Kạn'],
    ['vni', [0x6e, 0xf6, 0xf4, 0xf9, 0x63], 'nước'],
    ['vni', [0xd1, 0x41, 0xcf, 0x49], 'ĐẠI'],
    ['viscii', [0x42, 0xa1, 0x63, 0x20, 0x4b, 0xd5, 0x6e], 'Bắc Kạn'],
    ['viscii', [0x14], 'Ỷ'],
    ['vps', [0x42, 0xa1, 0x63, 0x20, 0x4b, 0xe5, 0x6e], 'Bắc Kạn'],
    ['windows-1258', [0x42, 0xe3, 0xec, 0x63, 0x20, 0x4b, 0x61, 0xf2, 0x6e], 'Bắc Kạn'],
  ])('transcode decodes the %s bytes %j to %s', (encoding, bytes, expected) => {
    expect(read(encoding, bytes)).toBe(expected)
  })

  it('transcode turns every letter into a capital if the font has only capitals', () => {
    expect(read('tcvn3', [0xae, 0xb6, 0x6e, 0x67], true)).toBe('ĐẢNG')
  })

  it('transcode returns the origin of each letter and counts each changed letter once', () => {
    const result = transcode('ñaïi hoäi', 'vni')
    expect(result.text).toBe('đại hội')
    expect(result.from).toEqual([0, 1, 3, 4, 5, 6, 8])
    expect(result.count).toBe(3)
  })

  it('transcode also decodes text that was read as x-user-defined or Latin-1', () => {
    expect(transcode('B\uf7bec K\uf7b9n', 'tcvn3').text).toBe('Bắc Kạn')
    expect(transcode('c\u0086i', 'vps').text).toBe('cọi')
  })
})

describe('the letter table equals the shared data', () => {
  it.for(['tcvn3', 'tcvn5712-1', 'vni', 'viscii', 'vps', 'windows-1258'] as const)(
    'the letter table of %s is the same as in the shared data',
    (encoding, { skip }) => {
      const file = shared(`data/vietnamese/${encoding === 'windows-1258' ? 'cp1258' : encoding}.tsv`)
      if (!existsSync(file)) skip(sharedIsAbsent)
      const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1)
      const wrong = rows
        .map((row) => row.split('\t'))
        .filter(([bytes = '', unicode = '', , context = '']) => {
          const expected = String.fromCodePoint(...unicode.split(' ').map((code) => Number.parseInt(code.slice(2), 16)))
          const given = bytes.split(' ').map((byte) => Number.parseInt(byte, 16))
          return read(encoding, given, encoding === 'tcvn3' && context.includes('ending in H')) !== expected
        })
      expect(rows.length).toBeGreaterThan(130)
      expect(wrong).toEqual([])
    },
  )
})
