import type { Encoding } from '../../../shared/text/encodings'
import type { Decoded } from '../encoding/decoded'
import { createProvenance, type Trace } from './provenance'
import { type RepairedRun, repairRuns, type TextRun } from './repair-runs'

/** Repairs the encoding of one page's text, run by run, and records the repairs. */
export interface PageRepair {
  /** Tells whether the page has any sign of an old or doubled encoding. A clean page needs no repair. */
  isNeeded(source: string): boolean
  /**
   * Tells whether the page uses a font of an old encoding. If it does not, the caller need not read the fonts of
   * elements.
   */
  namesOldFont(source: string): boolean
  /** Returns the repair of each run, or null for a run that stays unchanged. */
  repair(runs: readonly TextRun[]): (RepairedRun | null)[]
  /** Repairs a text file line by line. In data (JSON), character references stay unchanged. */
  repairLines(text: string, options?: { isData?: boolean }): string
  /** Creates the trace that lists the repairs in each field of the page. Returns null if no text was repaired. */
  trace(): Trace | null
}

/** Matches the name of a font of an old encoding at a place where a page sets its fonts. */
const fontName =
  /(?:face|font(?:-family)?)\s*[=:](?:&quot;|&#3[49];|[^;<>{}]){0,60}?(?:\.vn[a-z]|\bvn(?:time|arial|helvet|avant|book|century)|vni[\s_-]|vps[\s_-]|\bvi[\s_-](?:times|arial|helvet))/i
/**
 * Signs that clean pages rarely have. These signs are control characters, characters of x-user-defined, accented
 * letters that Vietnamese does not use, and signs directly after a letter. Apostrophes and dashes are not among these
 * signs, because other languages write them in words. Ð and ð are not among these signs either, because clean
 * Vietnamese pages contain these letters. Several patterns together take a tenth of the time of a single pattern
 * (measured).
 */
const oddSigns: readonly RegExp[] = [
  /[\u0001-\u0008\u000e-\u001f]/,
  /[\u0080-\u009f\uf780-\uf7ff]/,
  /[ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]/,
  /[¡-¿÷€‚„†‡ˆ‰‹›˜™•](?<=[A-Za-zÀ-ÿ].)/,
  /[“”‘…](?<=[A-Za-zÀ-ÿ].)(?=[a-zß-ÿ])/,
  // Matches vowel pairs that do not occur in Vietnamese words. Such pairs show the marks of windows-1258 and VNI after
  // their letter.
  /[ìòÌÒ](?<=[aeoâêôýõãAEOÂÊÔÝÕÃ].)|[òÒ](?<=[iuIU].)/,
  /[âÂ](?<=[aeoAEO].)|[áàÁÀ](?<=[aeAE].)|[ùÙ](?<=[aeôAEÔ].)|[ùÙ](?<=[oO].)(?=\p{L})/u,
]
/** Matches the signs of {@link oddSigns} written as character references. */
const oddEntity =
  /&(?:#(?:12[89]|1[345]\d|16[1-8]|17[0235789]|18[0124-689]|19[016789]|2(?:0[3679]|1[46]|19|2[02389]|3[01589]|4[1678]|5[1245])|63[3-6]\d\d);|#x(?:[89][\da-f]|a[1-8acdf]|b[1-68-ac-f]|c[4-7bef]|d[168bcef]|e[4-7bef]|f[1678bcef]|f7[89a-f][\da-f]);|(?:micro|para|middot|cedil|sup[123]|ord[mf]|frac(?:14|12|34)|iquest|iexcl|cent|pound|curren|yen|brvbar|sect|uml|not|shy|macr|plusmn|acute|divide|[aeiouy]uml|[aeou]?ring|aelig|ccedil|[iu]circ|ntilde|oslash|thorn|szlig|oelig|scaron|fnof);)/i
/** Matches a character reference that was escaped again. */
const escapedTwice = /&amp;(?:amp;)*(?:#x?[\da-f]{2,6}|[a-z]{2,7}[1-4]{0,2});/i
/** Matches a character reference. A text without HTML should not contain a character reference. */
const escaped = /&(?:#x?[\da-f]{2,6}|[a-z]{2,7}[1-4]{0,2});/i
const suspicious: readonly RegExp[] = [fontName, ...oddSigns, oddEntity, escapedTwice]

/** Creates the repair of a page from the decoding of its bytes and the encoding that the user chose. */
export function createPageRepair(
  { isBytes, declared, guessed }: Pick<Decoded, 'isBytes' | 'declared' | 'guessed'>,
  encoding: Encoding,
): PageRepair {
  const context = { chosen: encoding === 'auto' ? null : encoding, declared, guessed, isBytes }
  let provenance: (() => Trace) | null = null
  const repair = (runs: readonly TextRun[]): (RepairedRun | null)[] => {
    const repaired = repairRuns(runs, context)
    if (repaired.some((run) => run !== null)) provenance = createProvenance(runs, repaired)
    return repaired
  }
  const isNeeded = (source: string): boolean =>
    isBytes || context.chosen !== null || suspicious.some((pattern) => pattern.test(source))
  return {
    isNeeded,
    namesOldFont: (source) => fontName.test(source),
    repair,
    repairLines(text, { isData = false } = {}) {
      if (!isNeeded(text) && (isData || !escaped.test(text))) return text
      const parts = text.split(/(\r\n|[\r\n])/)
      const runs = parts.map((part) => ({ text: part, font: null, isLiteral: isData }))
      const repaired = repair(runs)
      return parts.map((part, at) => repaired[at]?.text ?? part).join('')
    },
    trace: () => provenance?.() ?? null,
  }
}
