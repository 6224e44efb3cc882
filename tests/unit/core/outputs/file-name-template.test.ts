import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillFileNameTemplate, toFileName } from '../../../../src/core/outputs/file-name-template'
import { parsePageRange } from '../../../../src/core/print/page-range'
import { freePath, saveFiles } from '../../../../src/core/outputs/save-files'
import { exists } from '../../../../src/core/files'
import { defaultFileName } from '../../../../src/shared/print/print-option-values'
import { temporaryFolder } from '../../support/library'

const whole = { date: '2020-09-08', source: 'Cổng TTĐT Bắc Kạn', title: 'Đẩy mạnh thi đua' }

describe('file names', () => {
  it.each([
    [whole, '2020-09-08 - Cổng TTĐT Bắc Kạn - Đẩy mạnh thi đua'],
    [{ ...whole, source: null }, '2020-09-08 - Đẩy mạnh thi đua'],
    [{ ...whole, date: null, source: null }, 'Đẩy mạnh thi đua'],
    [{ ...whole, title: 'Ai: "bàn" về A/B\\C?*' }, `2020-09-08 - Cổng TTĐT Bắc Kạn - Ai 'bàn' về A B C`],
    [{ date: null, source: null, title: '' }, 'ban-tin'],
  ])('of %j are "%s"', (parts, name) => {
    expect(fillFileNameTemplate(defaultFileName, parts)).toBe(name)
  })

  it.each([
    ['con', 'con_'],
    ['LPT1.tin', 'LPT1_.tin'],
    ['trailing. . .', 'trailing'],
    ['..\\..\\etc', 'etc'],
    ['a\u202Eb\u0000c', 'a b c'],
  ])('"%s" is safe on Windows as "%s"', (text, name) => {
    expect(toFileName(text)).toBe(name)
  })

  it('are cut at a word, well below what a file system takes', () => {
    const name = toFileName('Đẩy mạnh phong trào thi đua yêu nước '.repeat(20))
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
    expect(name).toMatch(/(?:Đẩy|mạnh|phong|trào|thi|đua|yêu|nước)…$/)
  })
})

describe('saving', () => {
  it('never takes the place of another file', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'a.pdf')
    expect(await freePath(path)).toBe(path)
    await writeFile(path, '1')
    await writeFile(join(folder, 'a (2).pdf'), '2')
    expect(await freePath(path)).toBe(join(folder, 'a (3).pdf'))
  })

  it('takes back what it wrote when one of the files fails', async () => {
    const folder = await temporaryFolder()
    const first = join(folder, 'a.pdf')
    const failing = saveFiles([
      { path: first, read: () => Promise.resolve(new Uint8Array([1])) },
      { path: join(folder, 'b.pdf'), read: () => Promise.reject(new Error('gone')) },
    ])
    await expect(failing).rejects.toThrow('gone')
    expect(await exists(first)).toBe(false)
  })

  it.each([
    ['a name too long', 'name-too-long', (folder: string) => join(folder, `${'a'.repeat(300)}.pdf`)],
    ['a file where a folder should be', 'folder-not-writable', (folder: string) => join(folder, 'file', 'a.pdf')],
  ])('says so: %s', async (_name, code, pathIn) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    const saving = saveFiles([{ path: pathIn(folder), read: () => Promise.resolve(new Uint8Array([1])) }])
    await expect(saving).rejects.toMatchObject({ code })
  })

  // Root writes everywhere but on a device that is full.
  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    const { asWriteError } = await import('../../../../src/core/files')
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const saving = saveFiles([
      { path: '/nowhere', read: () => Promise.reject(asWriteError(full, 'write', '/nowhere')) },
    ])
    await expect(saving).rejects.toMatchObject({ code: 'disk-full' })
  })
})

describe('page ranges', () => {
  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['2', [1]],
    ['2-3', [1, 2]],
    ['-2', [0, 1]],
    ['4-', [3, 4]],
    ['1-2, 5, 1', [0, 1, 4]],
    ['3-99', [2, 3, 4]],
  ])('"%s" of five pages are %j', (range, pages) => {
    expect(parsePageRange(range, 5)).toEqual(pages)
  })

  it.each(['9', '0', 'a', '1-2-3', ','])('"%s" names no page of five', (range) => {
    expect(() => parsePageRange(range, 5)).toThrow(expect.objectContaining({ code: 'wrong-pages' }))
  })
})
