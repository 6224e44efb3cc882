import { AppError } from '../../shared/errors'

/** Most elements, deepest nesting and most attributes of one element that are parsed (SECURITY, Limits). */
export const htmlLimits = { elements: 200_000, depth: 512, attributes: 1_000 } as const

const rawTextElements = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
])
const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** Elements whose end tag may be left out: the next one of their kind ends them. */
const selfEnding = new Set('p li dt dd tr td th option thead tbody tfoot colgroup'.split(' '))

/**
 * Looks over HTML before any parser does, in linear time and without recursion: parsers build a tree, and a tree of
 * a million nested elements ends them. Throws `too-complex` (details: name).
 */
export function checkHtmlLimits(html: string, name: string): void {
  const open: string[] = []
  let elements = 0
  const token = /<!--|<(\/?)([a-zA-Z][^\s/>]*)([^<>]*)/g
  for (let match = token.exec(html); match !== null; match = token.exec(html)) {
    const [whole, slash, rawName, attributes = ''] = match
    if (whole === '<!--') {
      token.lastIndex = endOf(html, '-->', token.lastIndex)
      continue
    }
    const tag = (rawName ?? '').toLowerCase()
    if (slash === '/') {
      const at = open.lastIndexOf(tag)
      if (at >= 0) open.length = at
      continue
    }
    elements += 1
    if (elements > htmlLimits.elements) throw tooComplex(name, 'too many elements')
    if ((attributes.match(/=/g)?.length ?? 0) > htmlLimits.attributes) throw tooComplex(name, 'too many attributes')
    if (rawTextElements.has(tag)) {
      token.lastIndex = endOf(html, `</${tag}`, token.lastIndex)
      continue
    }
    if (voidElements.has(tag)) continue
    if (selfEnding.has(tag) && open.at(-1) === tag) open.pop()
    open.push(tag)
    if (open.length > htmlLimits.depth) throw tooComplex(name, 'nested too deeply')
  }
}

/** Where the raw text ends; the end of everything where it does not. Case does not count in tag names. */
function endOf(html: string, end: string, from: number): number {
  const pattern = new RegExp(end.replace(/[^a-z]/g, String.raw`\$&`), 'gi')
  pattern.lastIndex = from
  return pattern.exec(html)?.index ?? html.length
}

function tooComplex(name: string, what: string): AppError {
  return new AppError('too-complex', `parse ${name}: ${what}`, { name })
}
