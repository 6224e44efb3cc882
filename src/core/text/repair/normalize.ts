import { isSameRepair, type Repair, type RepairName } from '../../../shared/bulletin'
import { type Change, looksVietnamese, repairEth } from './eth'
import { joinLooseMarks, repairLookAlikes } from './look-alikes'

/** Text made right, and what was changed to make it so. */
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
 * In order: composed letters first, so that the rules after it see one character per letter; Eth last, since an
 * invisible character may part it from its vowel. NBSP stays as the page has it (TEXT).
 */
const rules: readonly Rule[] = [
  { kind: 'nfc', rule: 'compose', version: 1, apply: compose },
  // C0 controls but tab and line ends, and DEL: no text has them, and XML readers refuse them.
  { kind: 'control', rule: 'strip', version: 1, apply: (text) => strip(text, /(?![\t\n\r\u0080-\u009f])\p{Cc}/gu) },
  // Zero-width space and non-joiner, word joiner, BOM, invisible operators, Hangul fillers, the place of an object
  // that was not pasted with its text, and the marks that turn the direction of writing, which can hide text.
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
  // The joiner holds emoji together; anywhere else it is invisible.
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
 * Repairs one field of received text; each kind of change is counted, in characters of the received text. What stands
 * in `undone` is counted and left as it was received: its reader wants it so.
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

/** Repairs of the same rule and field as one, their counts added. */
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
  // A few characters are only exchanged (Å for the ångström sign): the length tells nothing then.
  return { text: composed, count: Math.max(1, [...text].length - [...composed].length) }
}

/**
 * The soft hyphen is where a page allows a word to break; searching would stumble over it. But in text written for
 * TCVN3 fonts it is the letter ư (TEXT), so it goes only where the same paragraph has real Vietnamese letters and
 * none of the signs that TCVN3 puts inside words (µ ¶ · ¸ ¹ …).
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
