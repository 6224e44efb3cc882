import type { LegacyEncoding } from './legacy-encodings'

/** What a font's name says of the text written for it. */
export interface FontHint {
  encoding: LegacyEncoding
  /** Its small letters look like capitals. */
  capitals: boolean
}

/** .VnTime, .VnArialH; VNI-Times; VPS Times Hoa; VI Times. The dot of .Vn is sometimes lost. */
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

/** What the first family of a font list says (the one a browser would have used), null where it is no such font. */
export function hintOfFont(list: string): FontHint | null {
  const first = (list.split(',')[0] ?? '').replace(/["']/g, '').trim().toLowerCase()
  const name = first.replace(/\s+(?:bold|italic|regular)$/, '')
  const found = families.find(([pattern]) => pattern.test(name))
  return found === undefined ? null : { encoding: found[1], capitals: found[2].test(name) }
}

/** The font list of a style's declarations; null where it names none. */
export function findStyleFont(style: string): string | null {
  const family = [...style.matchAll(/(?:^|[;\s])font-family\s*:\s*([^;]+)/gi)].at(-1)?.[1]
  if (family !== undefined) return family.trim()
  const short = [...style.matchAll(/(?:^|[;\s])font\s*:\s*([^;]+)/gi)].at(-1)?.[1]
  // The family follows the size: "bold 12pt/1.5 .VnTime".
  return short === undefined ? null : (/\d[\w.%]*(?:\s*\/\s*[\w.%]+)?\s+(\D.*)$/.exec(short)?.[1]?.trim() ?? null)
}

/** Which elements get which font by a page's style sheets: by tag, class and id of a selector's last part. */
export type FontRules = ReadonlyMap<string, string>

/** Reads the font rules of style sheets. Keys as in selectors: `p`, `.tieude`, `#noidung`, `p.tieude`. */
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

/** The font list that an element itself is given, null where it inherits. Style before rules before `face`. */
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
