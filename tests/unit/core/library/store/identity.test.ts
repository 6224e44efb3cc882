import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../../../../../src/core/fetch/url'
import { idOf, sha256 } from '../../../../../src/core/library/store/identity'

describe('idOf', () => {
  it('is the first 80 bits of sha256 of the origin, in lower-case Crockford base32', () => {
    // sha256("url\nhttps://backan.gov.vn/"), computed with sha256sum; 80 bits = 20 hex digits.
    const hex = sha256('url\nhttps://backan.gov.vn/').slice(0, 20)
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
    let bits = BigInt(`0x${hex}`)
    let expected = ''
    for (let n = 0; n < 16; n++, bits >>= 5n) expected = (alphabet[Number(bits & 31n)] ?? '') + expected
    expect(idOf({ address: 'https://backan.gov.vn' })).toBe(expected)
  })

  it('is the same in every library for the same page or file', () => {
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
  ])('%s becomes %s', (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected)
  })

  it('throws for text that is not an absolute address', () => {
    expect(() => canonicalAddress('/tin/1')).toThrow(TypeError)
  })
})
