import { scriptOf, type Source } from '../architecture/sources'

/** A declaration of a stylesheet. */
export interface Declaration {
  path: string
  /** The selector or at-rule around the declaration, as written. */
  selector: string
  property: string
  value: string
}

const isTokenFile = (path: string): boolean => /styles\/(?:interface-)?tokens\.css$/.test(path)

/** Returns the CSS of a source: the whole text of a stylesheet, or the style blocks of a Vue file. */
function cssOf({ path, text }: Source): string {
  if (path.endsWith('.css')) return text
  return path.endsWith('.vue')
    ? [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join()
    : ''
}

/** Returns all declarations of a source. Comments are left out, and strings stay whole. */
export function declarationsOf(source: Source): Declaration[] {
  const found: Declaration[] = []
  const around: string[] = []
  let text = ''
  const end = (): void => {
    const [, property, value] = /^([\w-]+)\s*:\s*([\s\S]+)$/.exec(text.trim()) ?? []
    const selector = around.at(-1)
    if (property !== undefined && value !== undefined && selector !== undefined)
      found.push({ path: source.path, selector, property, value: value.replace(/\s+/g, ' ') })
    text = ''
  }
  for (const [piece] of cssOf(source).matchAll(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\s\S]/g)) {
    if (piece === '{') {
      around.push(text.trim().replace(/\s+/g, ' '))
      text = ''
    } else if (piece === '}') {
      end()
      around.pop()
    } else if (piece === ';') end()
    else if (!piece.startsWith('/*')) text += piece
  }
  return found
}

const written = ({ path, selector, property, value }: Declaration): string =>
  `${path}: ${selector} { ${property}: ${value} }`

// The named colours of CSS Color 4 §6.1, except transparent.
const colourNames =
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
  burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod
  darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
  darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
  firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
  hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
  lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid
  mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
  mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
  paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
  saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen
  steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen`.split(/\s+/)
const rawColour = new RegExp(
  `#[\\da-f]{3,8}\\b|\\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\\(|(?<![\\w-])(?:${colourNames.join('|')})(?![\\w-])`,
  'i',
)

/**
 * Tells whether a value contains a raw colour. Inside a string, only a colour with an escaped `#` in a data URI counts.
 */
function hasRawColour(value: string): boolean {
  return /%23[\da-f]{3,8}/i.test(value) || rawColour.test(value.replace(/"[^"]*"|'[^']*'/g, ''))
}

/** Returns the palette, which consists of the tokens with a raw colour. */
function paletteOf(declarations: readonly Declaration[]): Declaration[] {
  return declarations.filter(({ path, value }) => isTokenFile(path) && hasRawColour(value))
}

/** Finds the raw colours outside the palette. A palette token stands in `:root` and is exactly one colour. */
export function rawColours(sources: readonly Source[]): string[] {
  const isOneColour = (value: string): boolean => /^(?:#\w+|\w+\([^()]*\)|\w+|url\("[^"]*"\))$/.test(value)
  const isPalette = ({ path, selector, property, value }: Declaration): boolean =>
    isTokenFile(path) && selector === ':root' && property.startsWith('--') && isOneColour(value)
  return sources
    .flatMap(declarationsOf)
    .filter((declaration) => hasRawColour(declaration.value) && !isPalette(declaration))
    .map(written)
}

/** Finds the palette tokens that are used outside the token file. */
export function paletteUses(sources: readonly Source[]): string[] {
  const palette = new Set(paletteOf(sources.flatMap(declarationsOf)).map(({ property }) => property))
  return sources
    .filter(({ path }) => !isTokenFile(path))
    .flatMap((source) =>
      usesOf(source)
        .filter((name) => palette.has(name))
        .map((name) => `${source.path}: ${name}`),
    )
}

/**
 * Finds font sizes in px. A px offset in a `calc()` with `em` is allowed, because the whole size still scales with the
 * text.
 */
export function literalFontSizes(sources: readonly Source[]): string[] {
  return sources
    .flatMap(declarationsOf)
    .filter(({ property }) => property === 'font' || property === 'font-size')
    .filter(({ value }) => /\dpx\b/.test(value.replace(/calc\([^()]*em\b[^()]*\)/g, '')))
    .map(written)
}

/** Finds paddings, margins and gaps in px for which the space scale has a step. */
export function literalSpaces(sources: readonly Source[]): string[] {
  const declarations = sources.flatMap(declarationsOf)
  const steps = new Set(
    declarations.filter(({ property }) => property.startsWith('--space-')).map(({ value }) => Number.parseFloat(value)),
  )
  return declarations
    .filter(({ property }) => /^(?:padding|margin)(?:-|$)|^(?:row-|column-)?gap$|^border-spacing$/.test(property))
    .filter(({ value }) =>
      value.split(' ').some((part) => /^-?\d+px$/.test(part) && steps.has(Math.abs(Number.parseFloat(part)))),
    )
    .map(written)
}

/** Finds the properties and shorthands whose names contain a physical side or axis. */
export function physicalProperties(sources: readonly Source[]): string[] {
  const physical =
    /^(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right|top|bottom)(?:-|$)|^(?:min-|max-)?(?:width|height)$/
  const isPhysical = ({ property, value }: Declaration): boolean => {
    if (physical.test(property)) return true
    if (property === 'text-align' || property === 'float') return /^(?:left|right)$/.test(value)
    const [, right, , left] = /^(?:padding|margin)$/.test(property)
      ? (value.match(/(?:[^\s(]|\([^)]*\)+)+/g) ?? [])
      : []
    return left !== undefined && left !== right
  }
  return sources.flatMap(declarationsOf).filter(isPhysical).map(written)
}

/** Returns the custom properties that a source uses, in styles, scripts and templates. */
function usesOf({ text }: Source): string[] {
  return [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = '']) => name)
}

/**
 * Returns the custom properties that a source defines. A source can define a property in its styles, as a key in its
 * script, or in a style that its script writes.
 */
function definitionsOf(source: Source): string[] {
  const inStyles = declarationsOf(source).map(({ property }) => property)
  const script = source.path.endsWith('.css') ? '' : scriptOf(source)
  const inScript = [...script.matchAll(/(--[a-z][\w-]*)['"]?\s*:/g)].map(([, name = '']) => name)
  return [...inStyles, ...inScript].filter((property) => property.startsWith('--'))
}

/** Finds the custom properties that no source defines. */
export function undefinedProperties(sources: readonly Source[]): string[] {
  const defined = new Set(sources.flatMap(definitionsOf))
  return sources.flatMap((source) =>
    usesOf(source)
      .filter((name) => !defined.has(name))
      .map((name) => `${source.path}: ${name}`),
  )
}

/** Finds the custom properties that no source uses. */
export function unusedProperties(sources: readonly Source[]): string[] {
  const used = new Set(sources.flatMap(usesOf))
  return [...new Set(sources.flatMap(definitionsOf))].filter((name) => !used.has(name))
}

/**
 * Finds the rules in components that apply to one theme only. Such rules are wrong, because themes may differ only in
 * the values of their roles.
 */
export function themeRules(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.endsWith('.vue'))
    .flatMap(declarationsOf)
    .filter(({ selector }) => selector.includes('[data-theme'))
    .map(written)
}

/** Returns the properties that each theme sets, by the name of the theme. */
export function themesOf(tokens: Source): Map<string, Map<string, string>> {
  const themes = new Map<string, Map<string, string>>()
  for (const { selector, property, value } of declarationsOf(tokens)) {
    const theme = /\[data-theme='([\w-]+)'\]$/.exec(selector)?.[1]
    if (theme !== undefined) themes.set(theme, (themes.get(theme) ?? new Map<string, string>()).set(property, value))
  }
  return themes
}
