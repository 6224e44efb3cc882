const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const

/**
 * Spells a number as people say it (docs/text.md). A dot separates thousands, and a comma separates decimals. 5 after
 * tens is "lăm", and a zero in the tens is "linh". 1 after tens is "mốt" from twenty on. A number of more than 18
 * digits is spelled digit by digit. So is a number of three or more digits that begins with 0. Any other text is
 * returned unchanged.
 */
export function spellNumber(written: string): string {
  const match = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/.exec(written)
  if (match === null) return written
  const [, whole = '', fraction] = match
  const plain = whole.replaceAll('.', '')
  // Such a number is spelled digit by digit. The number is too large to have a name ("tỷ tỷ"), or the number is a code.
  if (plain.length > 18 || /^0\d{2,}/.test(plain)) return spellDigits(plain)
  const words = spellInteger(BigInt(plain))
  return fraction === undefined ? words : `${words} phẩy ${spellFraction(fraction)}`
}

/**
 * Spells the number of a year or a road. At the end of such a number, 4 after tens is "tư" from twenty on ("hai
 * nghìn không trăm hai mươi tư"). An amount has "bốn" there.
 */
export function spellName(written: string): string {
  return spellNumber(written).replace(/(?<=mươi )bốn$/u, 'tư')
}

/**
 * Spells the digits of a text one by one ("một chín không không"), as in telephone numbers. Other characters are left
 * out.
 */
export function spellDigits(written: string): string {
  return (written.match(/\d/g) ?? []).map((digit) => digits[Number(digit)] ?? digit).join(' ')
}

/**
 * Spells an ordinal number. Returns "tư" for 4, `first` for 1, and the spelled number for all others. Ordinal numbers
 * follow "thứ" and "tháng" and occur in fractions.
 */
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

/**
 * Spells a number up to 999,999,999 in groups of three digits. `follows` tells whether the number is a group that
 * follows a larger group.
 */
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
