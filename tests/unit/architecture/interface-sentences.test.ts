import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import en from '../../../src/shared/locales/en.json' with { type: 'json' }
import vi from '../../../src/shared/locales/vi.json' with { type: 'json' }
import { type Source, sourcesBelow } from './sources'

/** Matches a letter that only Vietnamese uses. Nearly every Vietnamese sentence has such a letter. */
const vietnamese = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/u
/** Matches the attributes whose values the user reads or a screen reader speaks. */
const textAttribute = /^(?:title|alt|placeholder|label|aria-label|aria-description|aria-roledescription)$/

interface Node {
  type: number
  content?: unknown
  tag?: string
  children?: Node[]
  branches?: Node[]
  props?: { type: number; name: string; value?: { content: string } }[]
}

/**
 * Returns the texts that are written in a template, as content or in an attribute. Symbols and single letters are left
 * out.
 */
function templateTexts({ path, text }: Source): string[] {
  const ast = parse(text, { filename: path }).descriptor.template?.ast as Node | undefined
  const found: string[] = []
  const visit = (node: Node): void => {
    // In vue/compiler-core, a node of type 2 is a text, and a node of type 6 is a plain attribute.
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

/** The texts that are the same in every language. */
const universalTexts = new Set(['Aa', 'https://', 'pt'])

/**
 * Returns the Vietnamese sentences in the string literals of a script. Comments are left out, and so are single words,
 * which rules need.
 */
function scriptSentences({ path, text }: Source): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:'"`])\/\/.*$/gm, '')
  return [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)]
    .map(([, one, two, three]) => one ?? two ?? three ?? '')
    .filter((literal) => vietnamese.test(literal) && /\s/.test(literal.trim()))
    .map((literal) => `${path}: ${literal}`)
}

const components = sourcesBelow('src/renderer', /\.vue$/)
const scripts = ['src/renderer', 'src/main', 'src/preload'].flatMap((folder) => sourcesBelow(folder, /\.(?:ts|vue)$/))
/** The names that scripts may contain, because these names are the same in every language. */
const names = ['Bản Tin', 'Tiếng Việt']

/**
 * Matches the technical terms that an office clerk does not know. Only the help of the command line may use such terms.
 */
const technicalTerm = /\b(?:feeds?|listings?|sitemaps?|sapo)\b/i

describe('the sentences of the interface', () => {
  it.each([
    ['vi', vi],
    ['en', en],
  ] as const)('the sentences of the interface contain no technical term in %s', (_language, sentences) =>
    expect(
      Object.entries(sentences).filter(([key, text]) => !/^(?:cli|help)\./.test(key) && technicalTerm.test(text)),
    ).toEqual([]),
  )
  it('Vue templates contain no sentences of the interface', () => expect(components.flatMap(templateTexts)).toEqual([]))
  it('scripts of the renderer, the main process and the preload contain no sentences of the interface', () =>
    expect(
      scripts.flatMap(scriptSentences).filter((found) => !names.some((name) => found.endsWith(`: ${name}`))),
    ).toEqual([]))

  it.each([
    ['a text', '<template><p>Đóng lại</p></template>'],
    ['a text in English', '<template><p v-if="a">Close</p></template>'],
    ['an attribute that is spoken', '<template><button aria-label="Close" /></template>'],
  ])('control: the check finds the text in %s', (_name, text) =>
    expect(templateTexts({ path: 'a.vue', text })).toHaveLength(1),
  )
  it.each(["toasts.show('Đã lưu xong')", 'const text = `Đã lưu ${count} bản tin`'])(
    'control: the check finds the sentence in %s',
    (text) => expect(scriptSentences({ path: 'a.ts', text })).toHaveLength(1),
  )
})
