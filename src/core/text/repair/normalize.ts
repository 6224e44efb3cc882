import { isSameRepair, type Repair, type RepairName } from '../../../shared/bulletin'
import { type Change, looksVietnamese, repairEth } from './eth'
import { joinLooseMarks, repairLookAlikes } from './look-alikes'

/** A repaired text and its repairs. */
export interface Normalized {
  text: string
  repairs: Repair[]
}

type Field = Repair['field']

interface Rule {
  kind: Repair['kind']
  rule: string
  version: number
  apply(text: string): Change
}

/**
 * The rules in their order. Composing comes first, so that the other rules see one character for each letter. Eth comes
 * last, because an invisible character may stand between Eth and the vowel after it. No-break spaces stay unchanged.
 */
const rules: readonly Rule[] = [
  { kind: 'nfc', rule: 'compose', version: 1, apply: compose },
  // DEL, and the C0 controls except tab and line ends. These characters never belong to a text, and XML parsers refuse
  // C0 controls.
  { kind: 'control', rule: 'strip', version: 1, apply: (text) => strip(text, /(?![\t\n\r\u0080-\u009f])\p{Cc}/gu) },
  // Invisible characters, such as zero-width spaces, byte order marks, invisible operators, Hangul fillers and the
  // object replacement character. The list also contains the marks that change the writing direction, which can hide
  // text.
  {
    kind: 'zero-width',
    rule: 'strip',
    version: 2,
    apply: (text) =>
      strip(
        text,
        /[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u180e\u115f\u1160\u3164\u061c\ufff9-\ufffc]|\u034f/gu,
      ),
  },
  // The zero-width joiner is removed everywhere except in emoji.
  {
    kind: 'zero-width',
    rule: 'strip-joiner',
    version: 1,
    apply: (text) => strip(text, /(?<!\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d/gu),
  },
  { kind: 'soft-hyphen', rule: 'strip-in-unicode-text', version: 1, apply: stripSoftHyphens },
  { kind: 'nfc', rule: 'join-loose-marks', version: 1, apply: joinLooseMarks },
  { kind: 'look-alike', rule: 'in-vietnamese-word', version: 1, apply: repairLookAlikes },
  { kind: 'eth', rule: 'eth-in-vietnamese-word', version: 1, apply: repairEth },
]

/**
 * Repairs one field of received text. Each repair records the number of changed characters. A repair in `undone` is
 * recorded but not made, because the user has undone this repair.
 */
export function normalizeText(received: string, field: Field, undone: readonly RepairName[] = []): Normalized {
  let text = received
  const repairs: Repair[] = []
  for (const { kind, rule, version, apply } of rules) {
    const result = apply(text)
    if (result.count === 0) continue
    const isUndone = undone.some((name) => isSameRepair(name, { kind, rule, field }))
    if (!isUndone) text = result.text
    repairs.push({ kind, rule, ruleVersion: version, field, count: result.count, undone: isUndone })
  }
  return { text, repairs }
}

/** Merges repairs of the same rule and field into one repair with the sum of their counts. */
export function mergeRepairs(repairs: readonly Repair[]): Repair[] {
  const merged = new Map<string, Repair>()
  for (const repair of repairs) {
    const key = `${repair.kind} ${repair.rule} ${repair.field}`
    const known = merged.get(key)
    merged.set(key, { ...repair, count: (known?.count ?? 0) + repair.count })
  }
  return [...merged.values()]
}

function compose(text: string): Change {
  const composed = text.normalize('NFC')
  if (composed === text) return { text, count: 0 }
  // The count is at least 1, because composing may replace a character without changing the length of the text (the
  // ångström sign becomes Å).
  return { text: composed, count: Math.max(1, [...text].length - [...composed].length) }
}

/**
 * Removes soft hyphens, which mark where a word may break and which would disturb the search. In text for TCVN3 fonts,
 * the same character is the letter ư. Therefore soft hyphens are removed only from a text that has Vietnamese letters
 * and none of the signs that TCVN3 puts inside words (µ ¶ · ¸ ¹ …).
 */
function stripSoftHyphens(text: string): Change {
  if (!text.includes('\u00ad') || !looksVietnamese(text) || tcvn3Sign.test(text)) return { text, count: 0 }
  return strip(text, /\u00ad/gu)
}

const tcvn3Sign = /[a-z][¡-¬®-¶¸-¿]|[¡-¬®-¶¸-¿][a-z]/iu

function strip(text: string, pattern: RegExp): Change {
  let count = 0
  const stripped = text.replace(pattern, () => {
    count += 1
    return ''
  })
  return { text: stripped, count }
}
