import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import en from '../../../src/shared/locales/en.json' with { type: 'json' }
import vi from '../../../src/shared/locales/vi.json' with { type: 'json' }
import { type Source, sourcesBelow } from './sources'

/** Letters that only Vietnamese has; a sentence of it can hardly do without one. */
const vietnamese = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/u
/** Attributes whose values are read or heard. */
const spoken = /^(?:title|alt|placeholder|label|aria-label|aria-description|aria-roledescription)$/

interface Node {
  type: number
  content?: unknown
  tag?: string
  children?: Node[]
  branches?: Node[]
  props?: { type: number; name: string; value?: { content: string } }[]
}

/** Words that stand in a template itself, as text or as a spoken attribute; signs and the letters of buttons are none. */
function templateWords({ path, text }: Source): string[] {
  const ast = parse(text, { filename: path }).descriptor.template?.ast as Node | undefined
  const found: string[] = []
  const visit = (node: Node): void => {
    // 2 is a text, 6 a plain attribute (vue/compiler-core).
    if (node.type === 2 && typeof node.content === 'string') found.push(node.content)
    for (const prop of node.props ?? [])
      if (prop.type === 6 && spoken.test(prop.name)) found.push(prop.value?.content ?? '')
    for (const child of [...(node.children ?? []), ...(node.branches ?? [])]) visit(child)
  }
  if (ast !== undefined) visit(ast)
  return found
    .map((words) => words.trim())
    .filter((words) => /\p{L}{2,}/u.test(words))
    .filter((words) => !signs.has(words))
    .map((words) => `${path}: ${words}`)
}

/** The same in every language. */
const signs = new Set(['Aa', 'https://', 'pt'])

/** String literals in Vietnamese within scripts; comments, and lists of words that rules work with, are none. */
function scriptSentences({ path, text }: Source): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:'"`])\/\/.*$/gm, '')
  return [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)]
    .map(([, one, two, three]) => one ?? two ?? three ?? '')
    .filter((literal) => vietnamese.test(literal) && /\s/.test(literal.trim()))
    .map((literal) => `${path}: ${literal}`)
}

const components = sourcesBelow('src/renderer', /\.vue$/)
const scripts = ['src/renderer', 'src/main', 'src/preload'].flatMap((folder) => sourcesBelow(folder, /\.(?:ts|vue)$/))
/** Names that are the same in every language. */
const names = ['Bản Tin', 'Tiếng Việt']

/** Words of the trade that no clerk knows; the command line's own help may use them. */
const trade = /\b(?:feeds?|listings?|sitemaps?|sapo)\b/i

describe('sentences', () => {
  it.each([
    ['vi', vi],
    ['en', en],
  ] as const)('on screen speak no words of the trade: %s', (_language, sentences) =>
    expect(Object.entries(sentences).filter(([key, text]) => !/^(?:cli|help)\./.test(key) && trade.test(text))).toEqual(
      [],
    ),
  )
  it('stand in no template', () => expect(components.flatMap(templateWords)).toEqual([]))
  it('stand in no script of the interface or the app', () =>
    expect(
      scripts.flatMap(scriptSentences).filter((found) => !names.some((name) => found.endsWith(`: ${name}`))),
    ).toEqual([]))

  it.each([
    ['a text', '<template><p>Đóng lại</p></template>'],
    ['a text in English', '<template><p v-if="a">Close</p></template>'],
    ['a spoken attribute', '<template><button aria-label="Close" /></template>'],
  ])('would see %s', (_name, text) => expect(templateWords({ path: 'a.vue', text })).toHaveLength(1))
  it.each(["toasts.show('Đã lưu xong')", 'const text = `Đã lưu ${count} bản tin`'])('would see %s', (text) =>
    expect(scriptSentences({ path: 'a.ts', text })).toHaveLength(1),
  )
})
