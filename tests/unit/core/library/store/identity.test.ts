import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../../../../../src/core/fetch/url'
import { idOf, sha256 } from '../../../../../src/core/library/store/identity'

describe('idOf', () => {
  it("idOf returns the first 80 bits of the origin's sha256, in lower-case Crockford base32", () => {
    // The hash was checked with sha256sum: sha256("url\nhttps://backan.gov.vn/"). 80 bits are 20 hex digits.
    const hex = sha256('url\nhttps://backan.gov.vn/').slice(0, 20)
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
    let bits = BigInt(`0x${hex}`)
    let expected = ''
    for (let n = 0; n < 16; n++, bits >>= 5n) expected = (alphabet[Number(bits & 31n)] ?? '') + expected
    expect(idOf({ address: 'https://backan.gov.vn' })).toBe(expected)
  })

  it('for two spellings of an address, idOf returns the same id, and for two files, different ids', () => {
    expect(idOf({ address: 'HTTP://BacKan.gov.vn:80/a?utm_source=zalo#x' })).toBe(
      idOf({ address: 'https://backan.gov.vn/a' }),
    )
    expect(idOf({ fileSha256: sha256('x') })).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/)
    expect(idOf({ fileSha256: sha256('x') })).not.toBe(idOf({ fileSha256: sha256('y') }))
  })
})

describe('canonicalAddress', () => {
  it.each([
    ['http://a.vn/x', 'https://a.vn/x'],
    ['http://a.vn:8080/x', 'https://a.vn:8080/x'],
    ['https://a.vn./x#part', 'https://a.vn/x'],
    ['https://user:pw@a.vn/x', 'https://a.vn/x'],
    ['https://a.vn/x?id=7&fbclid=z&utm_medium=m', 'https://a.vn/x?id=7'],
    ['https://xn--bckn-dza.vn/Tin%20moi', 'https://xn--bckn-dza.vn/Tin%20moi'],
  ])('canonicalAddress changes %s to %s', (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected)
  })

  it('canonicalAddress throws a TypeError for a text that is not an absolute address', () => {
    expect(() => canonicalAddress('/tin/1')).toThrow(TypeError)
  })
})
