import type { LegacyEncoding } from './legacy-encodings'

/** The facts about a text that the name of its font shows. */
export interface FontHint {
  encoding: LegacyEncoding
  /** Whether the font shows small letters as capitals. */
  capitals: boolean
}

/**
 * The patterns for the font families of old encodings, such as .VnTime, .VnArialH, VNI-Times, VPS Times Hoa and VI
 * Times. Some pages omit the dot of .Vn.
 */
const families: readonly (readonly [name: RegExp, encoding: LegacyEncoding, capitals: RegExp])[] = [
  [/^\.?vni[\s_-]/, 'vni', /(?!)/],
  [/^\.vn/, 'tcvn3', /h$/],
  [
    /^vn(?:time|arial|helvet|avant|book|century|univers|present|black|cooper|clarendon|aristote|bodoni|courier)/,
    'tcvn3',
    /h$/,
  ],
  [/^vps(?:[\s_-]|$)/, 'vps', /(?:hoa|caps)$/],
  [/^vi(?:scii|[\s_-](?:times|arial|helvet|courier|book))/, 'viscii', /(?:hoa|caps)$/],
]

/**
 * Returns the encoding and the case that the first font of a font list stands for. The first font decides, because a
 * browser would have used this font. Returns null if this font does not belong to an old encoding.
 */
export function hintOfFont(list: string): FontHint | null {
  const first = (list.split(',')[0] ?? '').replace(/["']/g, '').trim().toLowerCase()
  const name = first.replace(/\s+(?:bold|italic|regular)$/, '')
  const found = families.find(([pattern]) => pattern.test(name))
  return found === undefined ? null : { encoding: found[1], capitals: found[2].test(name) }
}

/** Returns the font list in the declarations of a style. Returns null if the style sets no font. */
export function findStyleFont(style: string): string | null {
  const family = [...style.matchAll(/(?:^|[;\s])font-family\s*:\s*([^;]+)/gi)].at(-1)?.[1]
  if (family !== undefined) return family.trim()
  const short = [...style.matchAll(/(?:^|[;\s])font\s*:\s*([^;]+)/gi)].at(-1)?.[1]
  // In the `font` property, the family follows the size: "bold 12pt/1.5 .VnTime".
  return short === undefined ? null : (/\d[\w.%]*(?:\s*\/\s*[\w.%]+)?\s+(\D.*)$/.exec(short)?.[1]?.trim() ?? null)
}

/**
 * The font lists in the style sheets of a page. A key consists of the tag, class and id in the last part of a selector.
 */
export type FontRules = ReadonlyMap<string, string>

/**
 * Reads the font rules of style sheets. The keys of the result have the form of selectors: `p`, `.tieude`, `#noidung`,
 * `p.tieude`.
 */
export function fontRules(sheets: readonly string[]): FontRules {
  const rules = new Map<string, string>()
  for (const sheet of sheets) {
    for (const [, selectors = '', style = ''] of sheet
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/([^{}]{1,2000})\{([^{}]*)\}/g)) {
      const font = findStyleFont(style)
      if (font === null) continue
      for (const selector of selectors.split(',')) {
        const last = /([\w.#-]+)(?::[\w-]+)?\s*$/.exec(selector.trim())?.[1]
        if (last !== undefined) rules.set(last.toLowerCase(), font)
      }
    }
  }
  return rules
}

/**
 * Returns the font list of an element. The `style` attribute has precedence over the rules of style sheets. The rules
 * have precedence over the attribute `face`. Returns null if the element inherits its font.
 */
export function fontOfElement(element: Element, rules: FontRules): string | null {
  const own = findStyleFont(element.getAttribute('style') ?? '')
  if (own !== null) return own
  const tag = element.localName.toLowerCase()
  if (rules.size > 0) {
    const id = element.getAttribute('id')
    const classes = (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '')
    const keys = [...(id === null ? [] : [`#${id}`]), ...classes.flatMap((name) => [`${tag}.${name}`, `.${name}`]), tag]
    for (const key of keys) {
      const font = rules.get(key.toLowerCase())
      if (font !== undefined) return font
    }
  }
  const face = element.getAttribute('face')
  return face === null || face.trim() === '' ? null : face
}
