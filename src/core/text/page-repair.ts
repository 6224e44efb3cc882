import type { Encoding } from '../../shared/encodings'
import type { Decoded } from './charsets'
import { isLegacy } from './encodings'
import { createProvenance, type Trace } from './provenance'
import { type RepairedRun, repairRuns, type TextRun } from './runs'

/** Repairs the encoding of one page's text, run by run, and remembers what it did. */
export interface PageRepair {
  /** Whether the page has anything that an old or doubled encoding leaves; a clean one needs no further look. */
  isNeeded(source: string): boolean
  /** Answers for each run its text made right, null where it stays. */
  repair(runs: readonly TextRun[]): (RepairedRun | null)[]
  /** A dump's text made right, line by line. */
  repairLines(text: string): string
  /** A tracer of what was repaired; null where nothing was. */
  trace(): Trace | null
}

/** Fonts of old encodings, wherever a page may name them. */
const fontName = /(?:\.vn|vni[\s_-]|vps[\s_-]|["':=,\s]vn(?:time|arial)|["':=]\s*vi\s)/i
/**
 * What clean pages hardly have: control characters, x-user-defined's, accented letters that Vietnamese does not use,
 * signs right after a letter; the same written as entities. Ð and ð are left out: clean Vietnamese has them (TEXT).
 */
const oddSign =
  /[\u0080-\u009f\uf780-\uf7ffÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿŒœŸŠšŽžƒ]|[A-Za-zÀ-ÿ][¡-¿×÷€‚„†‡ˆ‰‹›˜™•]|(?:[A-Za-zÀ-ÿ][“”‘’–—…](?=[a-zß-ÿ]))|&(?:#(?:1[2-9]\d|2[0-5]\d|6(?:2|3)\d{3}|x[89a-f][0-9a-f]|xf7[89a-f][0-9a-f]);|(?!nbsp|amp|lt|gt|quot|apos|copy|reg|trade|laquo|raquo|deg|hellip|[nm]dash|[lr][sd]quo|bull|middot|times)(?:[A-Za-z]{2,6}\d?|sup\d|frac\d\d);)/
/** C0 bytes that some encodings use for capitals. */
const control = /(?![\t\n\v\f\r])[\u0001-\u001f]/

/** The repair of a page that was decoded so, in the encoding its reader chose. */
export function createPageRepair(
  { isBytes, declared, guessed }: Pick<Decoded, 'isBytes' | 'declared' | 'guessed'>,
  encoding: Encoding,
): PageRepair {
  const context = { chosen: isLegacy(encoding) ? encoding : null, declared, guessed, isBytes }
  let provenance: (() => Trace) | null = null
  const repair = (runs: readonly TextRun[]): (RepairedRun | null)[] => {
    const repaired = repairRuns(runs, context)
    if (repaired.some((run) => run !== null)) provenance = createProvenance(runs, repaired)
    return repaired
  }
  const isNeeded = (source: string): boolean =>
    isBytes || context.chosen !== null || fontName.test(source) || oddSign.test(source) || control.test(source)
  return {
    isNeeded,
    repair,
    repairLines(text) {
      if (!isNeeded(text)) return text
      const parts = text.split(/(\r\n|[\r\n])/)
      const runs = parts.map((part) => ({ text: part, font: null }))
      const repaired = repair(runs)
      return parts.map((part, at) => repaired[at]?.text ?? part).join('')
    },
    trace: () => provenance?.() ?? null,
  }
}
