/** Crockford's base 32: no I, L, O, U, so that a printed code is typed back without doubt. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 12
/** 12 characters of 5 bits are 15 hexadecimal digits. */
const digestDigits = 15

/** What a typed text is as a code: the beginning of the digest it stands for, or why it is none. */
export type ParsedVerificationCode = { prefix: string; code: string } | 'wrong-check' | null

/**
 * The "Mã đối chiếu" of a revision's digest: its first 60 bits and a check letter, in groups of four
 * ("7K3M-9X2A-4QTV-C"). The letter is a sum over GF(32), each character times another power of a generator: one wrong
 * character, or two swapped neighbours, always show.
 */
export function createVerificationCode(digest: string): string {
  const bits = BigInt(`0x${digest.slice(0, digestDigits)}`)
  const values = Array.from({ length: codeLength }, (_, at) =>
    Number((bits >> BigInt(5 * (codeLength - 1 - at))) & 31n),
  )
  return grouped(values.map((value) => alphabet[value] ?? '').join(''), checkOf(values))
}

/** Reads a code as a person types it: any case, any blanks and hyphens, O for 0, I and L for 1. Null: not a code at all. */
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
  if (checkOf(body) !== plain.at(-1)) return 'wrong-check'
  const bits = body.reduce((sum, value) => (sum << 5n) | BigInt(value), 0n)
  return {
    prefix: bits.toString(16).padStart(digestDigits, '0'),
    code: grouped(plain.slice(0, codeLength), plain.slice(-1)),
  }
}

function checkOf(values: readonly number[]): string {
  return alphabet[values.reduce((sum, value) => timesGenerator(sum ^ value), 0)] ?? ''
}

/** Times x modulo x^5 + x^2 + 1, which is primitive. */
function timesGenerator(value: number): number {
  return (value << 1) ^ ((value & 0b10000) === 0 ? 0 : 0b100101)
}

function grouped(code: string, check: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}-${check}`
}
