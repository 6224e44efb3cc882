import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePack } from '../../../../../src/core/extract/portals/pack'
import { readUserPacks } from '../../../../../src/core/extract/portals/user-packs'
import { createUserPackCache } from '../../../../../src/core/extract/portals/user-pack-cache'
import { AppError } from '../../../../../src/shared/errors'
import { extracted, pageOf, paragraphsOf } from '../../../support/extract'

const pack = {
  format: 'bantin-pack/1',
  id: 'cong-xa',
  version: 3,
  name: 'Cổng xã',
  status: 'unverified',
  lastGood: '2026-11-20',
  basis: 'Thử trên cổng của xã.',
  match: { any: ['.khung-tin'] },
  title: ['.ten-tin'],
  body: ['.than-tin'],
}
const html = pageOf(
  '<div class="khung-tin"><div class="ten-tin">Họp thôn Nà Lẹng</div><h1>Cổng xã</h1><div class="than-tin">Tối mai họp thôn.</div><p>Dòng này dài hơn thân tin nhiều lần nhưng không thuộc về bài, vì gói của người dùng đã nói thân tin ở đâu.</p></div>',
)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bantin-packs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const writePack = (name: string, value: unknown): void =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))

it("the extraction finds the parts of a portal's page with a pack that readUserPacks has read", async () => {
  writePack('cong-xa.json', pack)
  writePack('ghi-chu.txt', 'không phải gói')
  const { packs, failed } = await readUserPacks(folder)
  expect(failed).toEqual([])
  const bulletin = extracted(html, 'https://xa.example.vn/1', { packs })
  expect(bulletin.extractor.pack).toBe('cong-xa/3')
  expect(bulletin.text.title).toBe('Họp thôn Nà Lẹng')
  expect(paragraphsOf(bulletin)).toEqual(['Tối mai họp thôn.'])
})

it('control: without the pack, the extraction finds another body', () => {
  const bulletin = extracted(html, 'https://xa.example.vn/1')
  expect(bulletin.extractor.pack).toBeNull()
  expect(paragraphsOf(bulletin)).not.toEqual(['Tối mai họp thôn.'])
})

describe('parsePack', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['text that is not JSON', '{ "format": ', '', /JSON/],
    ['an array', [], '', /object/i],
    ['another format', { ...pack, format: 'bantin-pack/9' }, 'format', /bantin-pack\/1/],
    ['an unknown field', { ...pack, script: 'alert(1)' }, '', /script/],
    ['a selector that is not a text', { ...pack, body: [1] }, 'body.0', /string/],
    ['an invalid selector', { ...pack, body: ['.a', 'div[['] }, 'body.1', /div\[\[/],
    ['a pack without match selectors', { ...pack, match: { any: [] } }, 'match.any', /1/],
    ['an invalid day', { ...pack, lastGood: 'hôm qua' }, 'lastGood', /must be written as/],
    ['an invalid id', { ...pack, id: '../a' }, 'id', /./],
  ])('parsePack rejects %s, and its error contains the field and the problem', (_what, value, where, problem) => {
    const parse = (): unknown => parsePack(typeof value === 'string' ? value : JSON.stringify(value), 'goi.json')
    try {
      parse()
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      expect(thrown.code).toBe('invalid-pack')
      expect(thrown.details['name']).toBe('goi.json')
      expect(thrown.details['where']).toBe(where)
      expect(thrown.details['problem']).toMatch(problem)
      return
    }
    throw new Error('was not rejected')
  })
})

it('if a file is damaged or repeats an id, readUserPacks still reads the other files of the folder', async () => {
  writePack('a.json', pack)
  writePack('b.json', '{')
  writePack('c.json', pack)
  const { packs, failed } = await readUserPacks(folder)
  expect(packs.map(({ id }) => id)).toEqual(['cong-xa'])
  expect(failed.map(({ code, details }) => [code, details['name']])).toEqual([
    ['invalid-pack', 'b.json'],
    ['invalid-pack', 'c.json'],
  ])
})

it('readUserPacks returns no packs for a missing folder', async () => {
  expect(await readUserPacks(join(folder, 'khong-co'))).toEqual({ packs: [], failed: [] })
})

it('createUserPackCache reads a changed file again and logs the error of each file once', async () => {
  const warned: string[] = []
  const log = { info: () => undefined, warn: (message: string) => warned.push(message) }
  const readPacks = createUserPackCache(folder, log)
  expect(await readPacks()).toEqual([])
  writePack('a.json', pack)
  writePack('b.json', '{')
  expect((await readPacks()).map(({ version }) => version)).toEqual([3])
  await readPacks()
  expect(warned).toHaveLength(1)
  writePack('a.json', { ...pack, version: 40 })
  expect((await readPacks()).map(({ version }) => version)).toEqual([40])
})
