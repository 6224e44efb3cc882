import { spawnSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exists } from '../../../../src/core/files'
import { freePath, saveFiles } from '../../../../src/core/outputs/save-files'
import { temporaryFolder } from '../../support/library'

const bytes = new TextEncoder().encode('một trang')
const save = (path: string): Promise<void> => saveFiles([{ path, read: () => Promise.resolve(bytes) }])

describe('saveFiles', () => {
  it('freePath finds a path that does not exist yet', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'a.pdf')
    expect(await freePath(path)).toBe(path)
    await writeFile(path, '1')
    await writeFile(join(folder, 'a (2).pdf'), '2')
    expect(await freePath(path)).toBe(join(folder, 'a (3).pdf'))
  })

  it('saveFiles deletes the files that are already written if a later file fails', async () => {
    const folder = await temporaryFolder()
    const first = join(folder, 'a.pdf')
    const failing = saveFiles([
      { path: first, read: () => Promise.resolve(new Uint8Array([1])) },
      { path: join(folder, 'b.pdf'), read: () => Promise.reject(new Error('unreadable')) },
    ])
    await expect(failing).rejects.toThrow('unreadable')
    expect(await exists(first)).toBe(false)
  })

  it.each([
    ['for a name that is too long', 'name-too-long', (folder: string) => join(folder, `${'a'.repeat(300)}.pdf`)],
    ['if a parent folder is a file', 'folder-not-writable', (folder: string) => join(folder, 'file', 'a.pdf')],
  ])('saveFiles fails %s with the code %s', async (_name, code, pathIn) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    const saving = saveFiles([{ path: pathIn(folder), read: () => Promise.resolve(new Uint8Array([1])) }])
    await expect(saving).rejects.toMatchObject({ code })
  })

  // The test itself creates the error, because root may write everywhere.
  it.skipIf(process.platform !== 'linux')('saveFiles fails with the code disk-full if the disk is full', async () => {
    const { asWriteError } = await import('../../../../src/core/files')
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const saving = saveFiles([
      { path: '/nowhere', read: () => Promise.reject(asWriteError(full, 'write', '/nowhere')) },
    ])
    await expect(saving).rejects.toMatchObject({ code: 'disk-full' })
  })

  it.runIf(process.platform !== 'win32')(
    'saveFiles writes to the target of a symbolic link and keeps the link',
    async () => {
      const folder = await temporaryFolder()
      await mkdir(join(folder, 'target'))
      await writeFile(join(folder, 'target', 'old.pdf'), 'cũ')
      await symlink(join('target', 'old.pdf'), join(folder, 'link.pdf'))
      await save(join(folder, 'link.pdf'))
      expect((await lstat(join(folder, 'link.pdf'))).isSymbolicLink()).toBe(true)
      expect(await readFile(join(folder, 'target', 'old.pdf'), 'utf8')).toBe('một trang')
      expect(await readdir(join(folder, 'target'))).toEqual(['old.pdf'])
    },
  )

  it.runIf(process.platform !== 'win32')('saveFiles writes into a pipe and keeps the pipe', async () => {
    const pipe = join(await temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const [read] = await Promise.all([readFile(pipe, 'utf8'), save(pipe)])
    expect(read).toBe('một trang')
    expect((await lstat(pipe)).isFIFO()).toBe(true)
  })

  it('saveFiles refuses a path that is a folder, and leaves the folder empty', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'tin.pdf'))
    await expect(save(join(folder, 'tin.pdf'))).rejects.toMatchObject({ code: 'folder-not-writable' })
    expect(await readdir(folder, { recursive: true })).toEqual(['tin.pdf'])
  })
})
