import { describe, expect, it } from 'vitest'
import { formatJson, isLargeJson } from '../../../src/core/document-writer'

async function format(value: Readonly<Record<string, unknown>>): Promise<string> {
  let text = ''
  for await (const piece of formatJson(value)) text += piece
  return text
}

const manyEntries = Object.fromEntries(
  Array.from({ length: 20_000 }, (_, at) => [
    `https://xa.example.vn/tin/${at}`,
    { title: `Tin "${at}"\n\u2028`, id: null },
  ]),
)

describe('formatJson', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an empty document', {}],
    ['empty values', { a: {}, b: [], c: '', d: null, e: 0, f: false }],
    ['values that JSON leaves out', { a: undefined, b: [undefined, 1], c: { d: undefined } }],
    ['deep values', { a: { b: { c: { d: [{ e: [1, [2, { f: 'g' }]] }] } } } }],
    ['texts that need escapes', { 'a"\n\t': 'b\\\n\r\u0000\u2028\ud800', 'á đ': ['\u{1f600}', '</script>'] }],
    ['lists of lists', { a: [[1, 2], [], [[3]]], b: [{}, { c: [] }] }],
    ['many entries', { pages: {}, entries: manyEntries, isWhole: true }],
    ['a long text', { body: 'Bản tin\n'.repeat(200_000) }],
    ['a name of a prototype', JSON.parse('{"__proto__":{"a":1},"constructor":{"b":["toString"]}}') as { a: number }],
  ])('formatJson returns the same text as JSON.stringify for %s', async (_name, value) => {
    expect(await format(value)).toBe(JSON.stringify(value, null, '\t'))
  })

  it('formatJson lets other work run between the pieces of a document, which JSON.stringify does not', async () => {
    const countTurns = async (work: () => unknown): Promise<number> => {
      let [turns, isDone] = [0, false]
      const count = (): void => {
        turns += 1
        if (!isDone) setImmediate(count)
      }
      setImmediate(count)
      await work()
      isDone = true
      return turns
    }
    const value = { entries: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [at, manyEntries])) }
    expect(await countTurns(() => format(value))).toBeGreaterThan(2)
    expect(await countTurns(() => JSON.stringify(value, null, '\t'))).toBeLessThan(2)
  })
})

describe('isLargeJson', () => {
  it.each<[string, unknown, boolean]>([
    ['a status', { read: true, tags: ['a'], position: null }, false],
    ['a bulletin of 50 KB', { title: 'Tin', bodyHtml: 'x'.repeat(50_000) }, false],
    ['a long text', { title: 'Tin', bodyHtml: 'x'.repeat(600_000) }, true],
    ['many entries', { entries: manyEntries }, true],
    ['a long list', { entries: Array.from({ length: 100_000 }, () => 0) }, true],
  ])('isLargeJson measures %s', (_name, value, isLarge) => {
    expect(isLargeJson(value)).toBe(isLarge)
  })
})
