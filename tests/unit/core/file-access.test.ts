import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../src/core/app'
import { callMethod } from '../../../src/core/call-method'
import { restrictNewFiles, withUserUmask } from '../../../src/core/file-access'
import { saveFiles } from '../../../src/core/outputs/save-files'
import { testPorts } from '../support/app'
import { temporaryFolder } from '../support/library'

/** Sets the umask of the user and the value of BANTIN_SHARE for one test. */
function start(umask: number, share: string | undefined, ownFolder: string | null = null): void {
  const before = process.umask(umask)
  onTestFinished(() => {
    process.umask(0)
    restrictNewFiles({ share: 'private', ownFolder: null }) // saved files then have their full permissions again
    process.umask(before)
  })
  restrictNewFiles({ share, ownFolder })
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

/** Returns the paths below a folder that have any of these permission bits. */
async function pathsWith(bits: number, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))]
  const open: string[] = []
  for (const path of paths) if (((await modeOf(path)) & bits) !== 0) open.push(path)
  return open
}

/**
 * Stores things in the same way as a user: the sample bulletin, a star, a setting, a source, the trash. The program
 * stays open until the test ends.
 */
async function useProgram(root: string): Promise<void> {
  const app = await createApp(testPorts(root), { access: 'write', offerSample: true, workers: null })
  onTestFinished(() => app.close())
  const { items } = await callMethod(app, 'listBulletins', { filter: {}, offset: 0, limit: 1 })
  const ids = items.map(({ id }) => id)
  await callMethod(app, 'markBulletins', { ids, starred: true })
  await callMethod(app, 'changeSettings', { theme: 'night' })
  await callMethod(app, 'addSource', { url: 'https://vidu.vn/tin', kind: 'feed' })
  await callMethod(app, 'trashBulletins', { ids })
}

describe.skipIf(process.platform === 'win32')('the files of library and settings', () => {
  for (const umask of [0o000, 0o022, 0o002])
    it(`the files are readable for the user only, if the umask of the user is ${umask.toString(8).padStart(3, '0')}`, async () => {
      const root = join(await temporaryFolder(), 'library')
      start(umask, undefined)
      await useProgram(root)
      expect(await pathsWith(0o077, root)).toEqual([])
    })

  it('the files are also open to the group, and to nobody else, with BANTIN_SHARE=group', async () => {
    const root = join(await temporaryFolder(), 'library')
    start(0o022, 'group')
    await useProgram(root)
    expect(await pathsWith(0o007, root)).toEqual([])
    expect(await modeOf(join(root, 'library.json'))).toBe(0o660)
    expect(await modeOf(join(root, 'bulletins'))).toBe(0o770)
  })

  it('control: the files are open to other users with BANTIN_SHARE=everyone', async () => {
    const root = join(await temporaryFolder(), 'library')
    start(0o022, 'everyone')
    await useProgram(root)
    expect((await pathsWith(0o004, root)).length).toBeGreaterThan(10)
  })

  it('the files are readable for the user only, with an unknown value of BANTIN_SHARE', async () => {
    const root = join(await temporaryFolder(), 'library')
    start(0o022, 'toString')
    await useProgram(root)
    expect(await pathsWith(0o077, root)).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('restrictNewFiles', () => {
  it('restrictNewFiles closes the program’s own settings folder and changes no folder that the user shares', async () => {
    const own = join(await temporaryFolder(), 'bantin')
    const shared = join(await temporaryFolder(), 'shared')
    for (const folder of [own, shared]) {
      await mkdir(folder)
      await writeFile(join(folder, 'library.json'), '')
      await chmod(folder, 0o775)
    }
    start(0o022, undefined, own)
    expect(await modeOf(own)).toBe(0o700)
    await useProgram(join(shared, 'library'))
    expect(await modeOf(shared)).toBe(0o775)
  })

  it('restrictNewFiles does not close the settings folder with BANTIN_SHARE=group', async () => {
    const own = join(await temporaryFolder(), 'bantin')
    await mkdir(own)
    await chmod(own, 0o770)
    start(0o022, 'group', own)
    expect(await modeOf(own)).toBe(0o770)
  })

  it("shareSavedFile gives a file outside the library the same permissions as the user's other files", async () => {
    const folder = await temporaryFolder()
    start(0o022, undefined)
    await saveFiles([{ path: join(folder, 'a.txt'), read: () => Promise.resolve(Buffer.from('a')) }])
    expect(await modeOf(join(folder, 'a.txt'))).toBe(0o644)
  })

  it('withUserUmask lets a started program create its files with the usual permissions', () => {
    start(0o022, undefined)
    const umaskOf = (): string => spawnSync('sh', ['-c', 'umask'], { encoding: 'utf8' }).stdout.trim()
    expect(withUserUmask(umaskOf)).toMatch(/^0*22$/)
    expect(umaskOf()).toMatch(/^0*77$/)
  })
})
