import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import en from '../../../src/shared/locales/en.json' with { type: 'json' }
import vi from '../../../src/shared/locales/vi.json' with { type: 'json' }
import { type Source, sourcesBelow } from './sources'

/** Letters that only Vietnamese uses. Nearly every Vietnamese sentence has one. */
const vietnamese = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/u
/** Attributes whose values the user reads or a screen reader speaks. */
const textAttribute = /^(?:title|alt|placeholder|label|aria-label|aria-description|aria-roledescription)$/

interface Node {
  type: number
  content?: unknown
  tag?: string
  children?: Node[]
  branches?: Node[]
  props?: { type: number; name: string; value?: { content: string } }[]
}

/** Texts written in a template itself, as content or in an attribute. Leaves out symbols and single letters. */
function templateTexts({ path, text }: Source): string[] {
  const ast = parse(text, { filename: path }).descriptor.template?.ast as Node | undefined
  const found: string[] = []
  const visit = (node: Node): void => {
    // Node types of vue/compiler-core: 2 is a text, 6 is a plain attribute.
    if (node.type === 2 && typeof node.content === 'string') found.push(node.content)
    for (const prop of node.props ?? [])
      if (prop.type === 6 && textAttribute.test(prop.name)) found.push(prop.value?.content ?? '')
    for (const child of [...(node.children ?? []), ...(node.branches ?? [])]) visit(child)
  }
  if (ast !== undefined) visit(ast)
  return found
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2,}/u.test(text))
    .filter((text) => !universalTexts.has(text))
    .map((text) => `${path}: ${text}`)
}

/** Texts that are the same in every language. */
const universalTexts = new Set(['Aa', 'https://', 'pt'])

/** Vietnamese sentences in the string literals of a script. Leaves out comments and single words, which rules need. */
function scriptSentences({ path, text }: Source): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:'"`])\/\/.*$/gm, '')
  return [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)]
    .map(([, one, two, three]) => one ?? two ?? three ?? '')
    .filter((literal) => vietnamese.test(literal) && /\s/.test(literal.trim()))
    .map((literal) => `${path}: ${literal}`)
}

const components = sourcesBelow('src/renderer', /\.vue$/)
const scripts = ['src/renderer', 'src/main', 'src/preload'].flatMap((folder) => sourcesBelow(folder, /\.(?:ts|vue)$/))
/** Names that the scripts may contain, because they are the same in every language. */
const names = ['Bản Tin', 'Tiếng Việt']

/** Technical terms that an office clerk does not know. Only the command line's help may use them. */
const technicalTerm = /\b(?:feeds?|listings?|sitemaps?|sapo)\b/i

describe('the sentences of the interface', () => {
  it.each([
    ['vi', vi],
    ['en', en],
  ] as const)('contain no technical term in %s', (_language, sentences) =>
    expect(
      Object.entries(sentences).filter(([key, text]) => !/^(?:cli|help)\./.test(key) && technicalTerm.test(text)),
    ).toEqual([]),
  )
  it('are not written in templates', () => expect(components.flatMap(templateTexts)).toEqual([]))
  it('are not written in scripts of the renderer, the main process or the preload', () =>
    expect(
      scripts.flatMap(scriptSentences).filter((found) => !names.some((name) => found.endsWith(`: ${name}`))),
    ).toEqual([]))

  it.each([
    ['a text', '<template><p>Đóng lại</p></template>'],
    ['a text in English', '<template><p v-if="a">Close</p></template>'],
    ['an attribute that is spoken', '<template><button aria-label="Close" /></template>'],
  ])('control: the check finds %s', (_name, text) => expect(templateTexts({ path: 'a.vue', text })).toHaveLength(1))
  it.each(["toasts.show('Đã lưu xong')", 'const text = `Đã lưu ${count} bản tin`'])(
    'control: the check finds %s',
    (text) => expect(scriptSentences({ path: 'a.ts', text })).toHaveLength(1),
  )
})
