const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const

/**
 * A number as it is spoken (TEXT, Reading aloud): dot = thousands, comma = decimal. 5 after tens is "lăm", 1 after
 * twenty and more "mốt", a nought among the tens "linh". A number of ten digits and more that begins with 0, or any
 * that begins with two, is spelled digit by digit. Returns the text as it is where it is no such number.
 */
export function spellNumber(written: string): string {
  const match = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/.exec(written)
  if (match === null) return written
  const [, whole = '', fraction] = match
  const plain = whole.replaceAll('.', '')
  // Longer than what has a name ("tỷ tỷ"), or a code: digit by digit.
  if (plain.length > 18 || /^0\d{2,}/.test(plain)) return spellDigits(plain)
  const words = spellInteger(BigInt(plain))
  return fraction === undefined ? words : `${words} phẩy ${spellFraction(fraction)}`
}

/** Digits one by one ("một chín không không"), as telephone numbers are read. */
export function spellDigits(written: string): string {
  return [...written].flatMap((digit) => digits[Number(digit)] ?? []).join(' ')
}

/** 5 → "năm"; after "thứ", "tháng" and of parts 4 is "tư", and the first is "nhất". */
export function spellOrdinal(written: string, first = 'nhất'): string {
  const value = Number(written)
  return value === 1 ? first : value === 4 ? 'tư' : spellNumber(String(value))
}

function spellFraction(fraction: string): string {
  const isShort = fraction.length <= 2 && !fraction.startsWith('0')
  return isShort ? spellInteger(BigInt(fraction)) : spellDigits(fraction)
}

const billion = 1_000_000_000n

function spellInteger(value: bigint): string {
  if (value === 0n) return digits[0]
  if (value >= billion) {
    const rest = value % billion
    const head = `${spellInteger(value / billion)} tỷ`
    return rest === 0n ? head : `${head} ${spellGroups(rest, true)}`
  }
  return spellGroups(value, false)
}

/** Up to 999,999,999 in groups of three; `follows`: something larger was said before. */
function spellGroups(value: bigint, follows: boolean): string {
  const parts = [
    [Number(value / 1_000_000n), 'triệu'],
    [Number((value / 1000n) % 1000n), 'nghìn'],
    [Number(value % 1000n), ''],
  ] as const
  const words: string[] = []
  for (const [count, name] of parts)
    if (count > 0) words.push(`${spellHundreds(count, follows || words.length > 0)} ${name}`.trim())
  return words.join(' ')
}

function spellHundreds(value: number, follows: boolean): string {
  const [hundred, rest] = [Math.floor(value / 100), value % 100]
  if (hundred === 0 && !follows) return spellTens(rest)
  const head = `${digits[hundred] ?? ''} trăm`
  if (rest === 0) return head
  return rest < 10 ? `${head} linh ${digits[rest] ?? ''}` : `${head} ${spellTens(rest)}`
}

function spellTens(value: number): string {
  if (value < 10) return digits[value] ?? ''
  const [ten, one] = [Math.floor(value / 10), value % 10]
  const head = ten === 1 ? 'mười' : `${digits[ten] ?? ''} mươi`
  if (one === 0) return head
  return `${head} ${one === 5 ? 'lăm' : one === 1 && ten > 1 ? 'mốt' : (digits[one] ?? '')}`
}
