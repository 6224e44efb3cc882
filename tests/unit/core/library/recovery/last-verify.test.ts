import { appendFile, mkdir, readFile, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLastVerify } from '../../../../../src/core/library/recovery/last-verify'
import type { Output } from '../../../../../src/shared/contract/api'
import { openFollower } from '../../../support/sources'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const line = (at: string, damaged: number, only: string[] | null = null): string => {
  const one = { id: 'a', file: 'bulletins/2020/09/a/files/0.txt', problem: 'changed' }
  return `${JSON.stringify({ at, agent: 'test', only, checked: 9, damaged: Array.from({ length: damaged }, () => one) })}\n`
}

/** Creates a library's folder whose journal has these files. The key is the name of the file. */
async function createJournals(files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder()
  await mkdir(join(root, 'log'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, 'log', name), text)
  return root
}

describe('the method getStorage', () => {
  it('getStorage returns the number of bulletins, the free space, and the last complete verification', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf({ title: 'Tin một' }))
    await library.add(additionOf({ title: 'Tin hai' }))
    await library.trash([(await library.add(additionOf({ title: 'Tin bỏ đi' }))).id])
    await library.close()
    const { call, job } = await openFollower({ root, ports: { clock: () => new Date('2026-11-25T08:00:00Z') } })
    const storage = (): Promise<Output<'getStorage'>> => call('getStorage', {})
    expect(await storage()).toMatchObject({ bulletins: 2, lastVerify: null })
    const { bavail, bsize } = await statfs(root)
    expect(Math.abs(((await storage()).freeBytes ?? 0) / (bavail * bsize) - 1)).toBeLessThan(0.5)

    await job('startVerify', { ids: null })
    expect((await storage()).lastVerify).toEqual({ at: '2026-11-25T08:00:00.000Z', damaged: 0 })
    const manifest = join(root, folder, 'manifest-sha256.txt')
    const whole = await readFile(manifest)
    await writeFile(manifest, whole.subarray(0, 100))
    await job('startVerify', { ids: null })
    expect((await storage()).lastVerify).toMatchObject({ damaged: 1 })
    // A verification of only some bulletins does not replace the result.
    await writeFile(manifest, whole)
    await job('startVerify', { ids: [id] })
    expect((await storage()).lastVerify).toMatchObject({ damaged: 1 })
  })
})

describe('readLastVerify, given a journal,', () => {
  const [old, newer] = ['2025-12-31T00:00:00.000Z', '2026-01-02T00:00:00.000Z']
  it.each<[string, Record<string, string>, Awaited<ReturnType<typeof readLastVerify>>]>([
    ['returns null if there is no journal', {}, null],
    ['returns the last line', { 'verify-2026.jsonl': line(old, 0) + line(newer, 2) }, { at: newer, damaged: 2 }],
    [
      'looks in older years',
      { 'verify-2025.jsonl': line(old, 1), 'verify-2026.jsonl': line(newer, 0, ['a']) },
      { at: old, damaged: 1 },
    ],
    [
      'skips a line that a crash cut off',
      { 'verify-2026.jsonl': line(old, 1) + line(newer, 2).slice(0, 60) },
      { at: old, damaged: 1 },
    ],
    [
      'reads a line that is longer than a block',
      { 'verify-2026.jsonl': line(old, 0) + line(newer, 3000) },
      { at: newer, damaged: 3000 },
    ],
    [
      'skips many partial verifications',
      { 'verify-2026.jsonl': line(newer, 4) + line(newer, 0, ['a']).repeat(2000) },
      { at: newer, damaged: 4 },
    ],
  ])('readLastVerify %s', async (_name, files, expected) => {
    const root = await createJournals(files)
    expect(await readLastVerify(root)).toEqual(expected)
  })

  it('if too many partial verifications followed the complete one, readLastVerify returns null', async () => {
    const root = await createJournals({ 'verify-2026.jsonl': line(newer, 4) })
    await appendFile(join(root, 'log', 'verify-2026.jsonl'), line(newer, 0, ['a']).repeat(20_000))
    expect(await readLastVerify(root)).toBeNull()
  })
})
