import { isSameRepair, type Repair, type RepairName } from '../../../shared/bulletin'
import { mergeRepairs, type Normalized } from './normalize'
import type { RepairedRun, TextRun } from './repair-runs'

/**
 * A function that lists the repairs in a field of a page. For each repair that the user has undone, the function puts
 * the received letters back.
 */
export type Trace = (text: string, field: Repair['field'], undone: readonly RepairName[]) => Normalized

interface Place {
  run: TextRun
  repaired: RepairedRun | null
  /** The index of a UTF-16 unit in the run's repaired text. */
  unit: number
}

/**
 * The maximum number of words of a field that is traced word by word. A field is traced word by word if the page does
 * not contain the field as a whole.
 */
const maxTracedWords = 2_000

/**
 * Records the runs of a page, so that the repaired letters of a field and their received form are known after
 * extraction. Fields are found by their letters without white space. Each tracer starts a search at the end of the last
 * field that this tracer found. The caller should therefore trace fields in the order of the page.
 */
export function createProvenance(runs: readonly TextRun[], repaired: readonly (RepairedRun | null)[]): () => Trace {
  const texts = runs.map((run, at) => repaired[at]?.text ?? run.text)
  const total = texts.reduce((sum, text) => sum + text.length, 0)
  /**
   * The index of the run of each letter, and the index of the letter in that run. The arrays are typed arrays, because
   * a page may have millions of letters.
   */
  const [runOf, unitOf] = [new Uint32Array(total), new Uint32Array(total)]
  let length = 0
  for (const [at, text] of texts.entries()) {
    for (let unit = 0; unit < text.length; unit++) {
      if (isSpace(text.charAt(unit))) continue
      runOf[length] = at
      unitOf[length] = unit
      length += 1
    }
  }
  const stream = texts.map((text) => text.replace(/\s+/gu, '')).join('')
  const findPlace = (letter: number): Place | null => {
    const [at, unit] = [runOf[letter] ?? 0, unitOf[letter] ?? 0]
    const run = runs[at]
    return run === undefined ? null : { run, repaired: repaired[at] ?? null, unit }
  }

  return () => {
    let cursor = 0
    const find = (squeezed: string): number => {
      const next = stream.indexOf(squeezed, cursor)
      const at = next < 0 ? stream.indexOf(squeezed) : next
      if (at >= 0) cursor = at + squeezed.length
      return at
    }
    const traceFound = (
      text: string,
      start: number,
      field: Repair['field'],
      undone: readonly RepairName[],
    ): Normalized => {
      const repairs: Repair[] = []
      let [result, at] = ['', start]
      for (let unit = 0; unit < text.length; unit++) {
        const own = text.charAt(unit)
        const place = isSpace(own) ? null : findPlace(at++)
        const source = place === null ? own : getReceived(place)
        const repairedRun = place?.repaired ?? null
        if (repairedRun === null || source === own) {
          result += own
          continue
        }
        const repair = {
          kind: repairedRun.kind,
          rule: repairedRun.rule,
          ruleVersion: 1,
          field,
          count: 1,
          undone: false,
        }
        const isUndone = undone.some((name) => isSameRepair(name, repair))
        result += isUndone ? source : own
        // If a page is decoded in its declared encoding, the decoding is not recorded as a repair.
        if (repairedRun.rule !== 'declared') repairs.push({ ...repair, undone: isUndone })
      }
      return { text: result, repairs: mergeRepairs(repairs) }
    }
    return (text, field, undone) => {
      const squeezed = text.replace(/\s+/gu, '')
      if (squeezed === '') return { text, repairs: [] }
      const whole = find(squeezed)
      if (whole >= 0) return traceFound(text, whole, field, undone)
      const parts = text.split(/(\s+)/u)
      if (parts.length > maxTracedWords * 2) return { text, repairs: [] }
      const traced = parts.map((part): Normalized => {
        const at = part.trim() === '' ? -1 : find(part)
        return at < 0 ? { text: part, repairs: [] } : traceFound(part, at, field, undone)
      })
      return {
        text: traced.map((part) => part.text).join(''),
        repairs: mergeRepairs(traced.flatMap((part) => part.repairs)),
      }
    }
  }
}

/**
 * Returns the received text in the place of a repaired unit. If two repaired units come from one received character,
 * returns "" for the second unit.
 */
function getReceived({ run, repaired, unit }: Place): string {
  if (repaired === null) return run.text.charAt(unit)
  const from = repaired.from[unit] ?? 0
  if (unit > 0 && repaired.from[unit - 1] === from) return ''
  return run.text.slice(from, repaired.from[unit + 1] ?? run.text.length)
}

function isSpace(character: string): boolean {
  return character <= ' ' || (character > '~' && character.trim() === '')
}
