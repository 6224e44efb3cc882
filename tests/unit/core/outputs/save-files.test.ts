import { spawnSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { saveFiles } from '../../../../src/core/outputs/save-files'
import { temporaryFolder } from '../../support/library'

const bytes = new TextEncoder().encode('một trang')
const save = (path: string): Promise<void> => saveFiles([{ path, read: () => Promise.resolve(bytes) }])

describe('saving where the reader says', () => {
  it.runIf(process.platform !== 'win32')('writes to what a link leads to, and the link stays one', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'kept'))
    await writeFile(join(folder, 'kept', 'old.pdf'), 'cũ')
    await symlink(join('kept', 'old.pdf'), join(folder, 'link.pdf'))
    await save(join(folder, 'link.pdf'))
    expect((await lstat(join(folder, 'link.pdf'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'kept', 'old.pdf'), 'utf8')).toBe('một trang')
    expect(await readdir(join(folder, 'kept'))).toEqual(['old.pdf'])
  })

  it.runIf(process.platform !== 'win32')('writes into a pipe, which stays one', async () => {
    const pipe = join(await temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const [read] = await Promise.all([readFile(pipe, 'utf8'), save(pipe)])
    expect(read).toBe('một trang')
    expect((await lstat(pipe)).isFIFO()).toBe(true)
  })

  it('a folder of that name is said to take no file, and holds nothing new', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'tin.pdf'))
    await expect(save(join(folder, 'tin.pdf'))).rejects.toMatchObject({ code: 'folder-not-writable' })
    expect(await readdir(folder, { recursive: true })).toEqual(['tin.pdf'])
  })
})
