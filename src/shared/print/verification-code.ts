/**
 * Crockford's base 32. The alphabet lacks I, L, O and U, because the user can confuse these letters with others when
 * typing a printed code.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 12
/** The number of hexadecimal digits in a code: 12 characters of 5 bits equal 15 hexadecimal digits. */
const digestDigits = 15

/**
 * The result of parsing a typed code: the start of the digest, or `wrong-check` if the code is mistyped. The result is
 * null if the text is not a code.
 */
export type ParsedVerificationCode = { prefix: string; code: string } | 'wrong-check' | null

/**
 * Creates the verification code ("Mã đối chiếu") of a revision's digest: the first 60 bits of the digest and a check
 * letter, in groups of four ("7K3M-9X2A-4QTV-C"). The check letter is a sum over GF(32) in which each character has its
 * own power of a generator. The check letter reveals every single wrong character and every swap of two neighbours.
 */
export function createVerificationCode(digest: string): string {
  const bits = BigInt(`0x${digest.slice(0, digestDigits)}`)
  const values = Array.from({ length: codeLength }, (_, at) =>
    Number((bits >> BigInt(5 * (codeLength - 1 - at))) & 31n),
  )
  return groupCode(values.map((value) => alphabet[value] ?? '').join(''), getCheckLetter(values))
}

/** Parses a typed code. Accepts any case, any spaces and hyphens, O for 0, and I or L for 1. */
export function parseVerificationCode(typed: string): ParsedVerificationCode {
  const plain = typed
    .trim()
    .toUpperCase()
    .replace(/[\s\-–.]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (plain.length !== codeLength + 1) return null
  const values = [...plain].map((character) => alphabet.indexOf(character))
  if (values.includes(-1)) return null
  const body = values.slice(0, codeLength)
  if (getCheckLetter(body) !== plain.at(-1)) return 'wrong-check'
  const bits = body.reduce((sum, value) => (sum << 5n) | BigInt(value), 0n)
  return {
    prefix: bits.toString(16).padStart(digestDigits, '0'),
    code: groupCode(plain.slice(0, codeLength), plain.slice(-1)),
  }
}

function getCheckLetter(values: readonly number[]): string {
  return alphabet[values.reduce((sum, value) => multiplyByGenerator(sum ^ value), 0)] ?? ''
}

/** Multiplies by x modulo the primitive polynomial x^5 + x^2 + 1. */
function multiplyByGenerator(value: number): number {
  return (value << 1) ^ ((value & 0b10000) === 0 ? 0 : 0b100101)
}

function groupCode(code: string, check: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}-${check}`
}
