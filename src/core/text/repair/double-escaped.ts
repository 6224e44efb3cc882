import type { Transcoded } from '../encoding/transcode'
import { toWesternCharacter } from '../encoding/windows-1252'

/** The HTML names of U+00A0 to U+00FF, in order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
/** Other HTML names that Vietnamese pages use. Each name is followed by its character. */
const others =
  'amp& lt< gt> quot" apos\' ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ hellip… bull• trade™ euro€ dagger† permil‰ lsaquo‹ rsaquo› AbreveĂ abreveă DstrokĐ dstrokđ Itilde\u0128 itilde\u0129 Utilde\u0168 utilde\u0169 ensp\u2002 emsp\u2003 thinsp\u2009'
/** Matches a character reference in a text that was escaped again. */
const reference = /&(?:amp;){0,3}(?:#(\d{2,6})|#x([\da-f]{2,5})|([a-z]{2,7}[1-4]{0,2}));/giu
/** Matches character references that touch a word, up to 40 in a row. */
const glued = /(?:[\p{L}\p{N}]|^)(?:&[#\w]{2,8};){1,40}[\p{L}\p{N}]|[\p{L}\p{N}](?:&[#\w]{2,8};)/iu
let names: ReadonlyMap<string, string> | null = null

/**
 * Repairs text that was escaped more than once. Without this repair, users see "th&ocirc;ng", "&#272;&#7891;ng" or
 * "họp:&nbsp;8 giờ". Returns null for a text that was not escaped more than once. At least one reference must touch a
 * word, because a text about HTML writes references with spaces around them.
 */
export function unescapeTwiceEscaped(text: string): Transcoded | null {
  if (!text.includes('&') || !glued.test(text.replaceAll(/&(?:amp;){1,3}(?=#?\w{2,7};)/giu, '&'))) return null
  const result: Transcoded = { text: '', from: [], count: 0 }
  const copy = (start: number, end: number): void => {
    for (let unit = start; unit < end; unit++) result.from.push(unit)
    result.text += text.slice(start, end)
  }
  let at = 0
  for (const { 0: whole, 1: decimal, 2: hexadecimal, 3: name, index } of text.matchAll(reference)) {
    const letter = name === undefined ? decodeNumber(decimal, hexadecimal) : decodeName(name)
    if (letter === null) continue
    copy(at, index)
    result.text += letter
    for (let unit = 0; unit < letter.length; unit++) result.from.push(index)
    result.count += 1
    at = index + whole.length
  }
  if (result.count === 0) return null
  copy(at, text.length)
  return result
}

function decodeNumber(decimal: string | undefined, hexadecimal: string | undefined): string | null {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  // HTML treats references to 80–9F as characters of windows-1252. Other control characters and surrogates are not
  // text.
  if (code >= 0x80 && code <= 0x9f) return toWesternCharacter(code)
  const isCharacter = code >= 0x20 && code <= 0x10ffff && code !== 0x7f && (code < 0xd800 || code > 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : null
}

function decodeName(name: string): string | null {
  names ??= new Map([
    ...latin.split(' ').map((each, at): [string, string] => [each, String.fromCharCode(0xa0 + at)]),
    ...others.split(' ').map((each): [string, string] => [each.slice(0, -1), each.slice(-1)]),
  ])
  return names.get(name) ?? null
}
