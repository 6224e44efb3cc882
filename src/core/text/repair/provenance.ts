import { isSameRepair, type Repair, type RepairName } from '../../../shared/bulletin'
import { mergeRepairs, type Normalized } from './normalize'
import type { RepairedRun, TextRun } from './repair-runs'

/** Gives each field of a page the repairs that were made to its letters, or takes those back that are undone. */
export type Trace = (text: string, field: Repair['field'], undone: readonly RepairName[]) => Normalized

interface Place {
  run: TextRun
  repaired: RepairedRun | null
  /** Unit of the run's repaired text. */
  unit: number
}

/** A field that was put together anew is looked up word by word up to this many. */
const maxTracedWords = 2_000

/**
 * Remembers a page's runs, so that of a field which extraction took from them can be told which letters were repaired
 * and how they were received. Fields are found by their letters, white space apart; each tracer looks on where its
 * last field ended, so that fields are best asked for in the page's order.
 */
export function createProvenance(runs: readonly TextRun[], repaired: readonly (RepairedRun | null)[]): () => Trace {
  const texts = runs.map((run, at) => repaired[at]?.text ?? run.text)
  const total = texts.reduce((sum, text) => sum + text.length, 0)
  /** For each letter the run it is in and its unit there: a page may have millions. */
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
        // What the page itself declares is no repair.
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

/** What stood in the received text where a repaired unit stands; nothing for the second of two from one. */
function getReceived({ run, repaired, unit }: Place): string {
  if (repaired === null) return run.text.charAt(unit)
  const from = repaired.from[unit] ?? 0
  if (unit > 0 && repaired.from[unit - 1] === from) return ''
  return run.text.slice(from, repaired.from[unit + 1] ?? run.text.length)
}

function isSpace(character: string): boolean {
  return character <= ' ' || (character > '~' && character.trim() === '')
}
