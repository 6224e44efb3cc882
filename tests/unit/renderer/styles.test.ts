import { describe, expect, it } from 'vitest'
import { themes } from '../../../src/shared/settings/setting-values'
import { type Source, sourcesBelow } from '../architecture/sources'
import {
  literalFontSizes,
  literalSpaces,
  paletteUses,
  physicalProperties,
  rawColours,
  themeRules,
  themesOf,
  undefinedProperties,
  unusedProperties,
} from './style-rules'

const styles = sourcesBelow('src/renderer', /\.(?:css|vue)$/)
// The list includes scripts and the print module, because both set properties that the stylesheets use.
const everything = [...styles, ...sourcesBelow('src/renderer', /\.ts$/), ...sourcesBelow('src/core/print', /\.ts$/)]
const component = (css: string): Source => ({ path: 'src/renderer/src/A.vue', text: `<style scoped>${css}</style>` })
const stylesheet = (text: string): Source => ({ path: 'src/renderer/src/styles/a.css', text })
const tokens = (text: string): Source => ({ path: 'src/renderer/src/styles/tokens.css', text })

describe('colours', () => {
  it('raw colours appear only in the palette', () => expect(rawColours(styles)).toEqual([]))

  it.each([
    'color: #fff',
    'color: #9E2A2B80',
    'background: rgb(0 0 0 / 35%)',
    'background: hsl(0 0% 0%)',
    'fill: oklch(50% 0.1 20)',
    'border: 1px solid white',
    'color: RebeccaPurple',
    '--local: #fff',
    `background: url("data:image/svg+xml,%3Csvg stroke='%23000'/%3E")`,
  ])('the check rejects the raw colour “%s” in a component and in a stylesheet', (declaration) => {
    expect(rawColours([component(`.a { ${declaration} }`)])).toHaveLength(1)
    expect(rawColours([stylesheet(`@media print { .a { ${declaration} } }`)])).toHaveLength(1)
  })

  it.each([
    'color: transparent',
    'color: currentColor',
    'color: inherit',
    'color: CanvasText',
    'background: color-mix(in srgb, var(--text) 20%, transparent)',
    'color: var(--text-on-white)',
    "font-family: 'Black Tan'",
    'white-space: pre-wrap',
    '/* red */ color: var(--text)',
  ])('the check finds no raw colour in “%s”', (declaration) =>
    expect(rawColours([component(`.tan { ${declaration} }`)])).toEqual([]),
  )

  it('the check allows a raw colour in a palette token, and rejects one in a role', () => {
    expect(rawColours([tokens(':root { --red-47: #9e2a2b; --black-at-8: rgb(0 0 0 / 8%) }')])).toEqual([])
    expect(rawColours([tokens("[data-theme='night'] { --accent: #9e2a2b }")])).toHaveLength(1)
    expect(rawColours([tokens(':root { --shadow: 0 1px 4px rgb(0 0 0 / 8%) }')])).toHaveLength(1)
  })

  it('components use colours only through roles', () => expect(paletteUses(styles)).toEqual([]))
  it('the check rejects a component that uses a palette token', () => {
    const palette = tokens(':root { --red-47: #9e2a2b; --accent: var(--red-47) }')
    expect(paletteUses([palette, component('.a { color: var(--red-47) }')])).toEqual([
      'src/renderer/src/A.vue: --red-47',
    ])
    expect(paletteUses([palette, component('.a { color: var(--accent) }')])).toEqual([])
  })
})

describe('themes', () => {
  const file = styles.find(({ path }) => path.endsWith('styles/tokens.css'))
  const found = themesOf(file ?? tokens(''))

  it('themes have the names that the settings offer', () =>
    expect([...found.keys()].sort()).toEqual([...themes].sort()))
  it('all themes set the same roles', () => {
    const roles = [...(found.get('paper')?.keys() ?? [])].sort()
    expect(roles.length).toBeGreaterThan(20)
    for (const [, theme] of found) expect([...theme.keys()].sort()).toEqual(roles)
  })
  it('the check reads a theme with every property and its last value', () => {
    const sample = themesOf(tokens(":root, [data-theme='a'] { --x: 1; --y: 2 } [data-theme='b'] { --x: 3 }"))
    expect([...(sample.get('a') ?? [])]).toEqual([
      ['--x', '1'],
      ['--y', '2'],
    ])
    expect([...(sample.get('b') ?? [])]).toEqual([['--x', '3']])
  })
  it('no component has a rule for a single theme', () => expect(themeRules(styles)).toEqual([]))
  it('the check rejects a component that has a rule for a single theme', () =>
    expect(themeRules([component("[data-theme='night'] .a { color: var(--text) }")])).toHaveLength(1))
})

describe('components', () => {
  it('components take font sizes from the scale', () => expect(literalFontSizes(styles)).toEqual([]))
  it.each([
    'font-size: 13px',
    'font-size: 13.5px',
    'font: 500 12px/18px var(--font-interface)',
    'font-size: calc(1px * 2)',
  ])('the check finds the font size in “%s”', (declaration) =>
    expect(literalFontSizes([component(`.a { ${declaration} }`)])).toHaveLength(1),
  )
  it.each(['font-size: 0.9em', 'font-size: 12pt', 'font: 400 calc(0.4em + 7px) / 1.6 serif', 'padding: 13px'])(
    'the check allows the font size in “%s”',
    (declaration) => expect(literalFontSizes([component(`.a { ${declaration} }`)])).toEqual([]),
  )

  it('components take spaces from the scale', () => expect(literalSpaces(styles)).toEqual([]))
  it.each([
    ['padding: 8px', 1],
    ['margin-inline: auto -8px', 1],
    ['gap: 0 8px', 1],
    ['padding: 5px', 0],
    ['margin: 8em', 0],
    ['inset: 8px', 0],
  ])('the check reports for “%s” %i spaces that are literal steps of the scale', (declaration, count) =>
    expect(literalSpaces([tokens(':root { --space-2: 8px }'), component(`.a { ${declaration} }`)])).toHaveLength(count),
  )

  it('components use logical properties', () => expect(physicalProperties(styles)).toEqual([]))
  it.each([
    ['margin-left: 1px', 1],
    ['top: 0', 1],
    ['max-width: 1em', 1],
    ['border-top-color: inherit', 1],
    ['text-align: left', 1],
    ['padding: 0 1px 0 2px', 1],
    ['padding: 0 var(--space-1) 0 calc(-1 * var(--space-1))', 1],
    ['padding: 0 1px 2px 1px', 0],
    ['margin-inline-start: 1px', 0],
    ['text-align: start', 0],
  ])('the check reports for “%s” %i properties with the name of a physical side', (declaration, count) =>
    expect(physicalProperties([component(`.a { ${declaration} }`)])).toHaveLength(count),
  )
})

describe('custom properties', () => {
  it('every custom property in use has a definition', () => expect(undefinedProperties(everything)).toEqual([]))
  it('every defined custom property is in use', () => expect(unusedProperties(everything)).toEqual([]))

  it('the check rejects a custom property that nothing defines', () => {
    expect(undefinedProperties([component('.a { color: var(--gone, var(--lost)) }')])).toEqual([
      'src/renderer/src/A.vue: --gone',
      'src/renderer/src/A.vue: --lost',
    ])
  })
  it('the check rejects a custom property that nothing uses', () => {
    expect(unusedProperties([component('.a { --shade: 1 }'), tokens(':root { --idle: 1px }')])).toEqual([
      '--shade',
      '--idle',
    ])
  })
  it('the check accepts a custom property that only a script defines', () => {
    const script: Source = { path: 'src/renderer/src/a.ts', text: "const properties = { '--text-size': '1' }" }
    const use = component('.a { font-size: calc(1em * var(--text-size)) }')
    expect(undefinedProperties([script, use])).toEqual([])
    expect(unusedProperties([script, use])).toEqual([])
  })
})
