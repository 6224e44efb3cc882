import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { processNamespace, processStarted } from '../../../src/core/processes'
import {
  createTemporaryFolder,
  removeOldStagedFiles,
  removeStaleFolders,
  type TemporaryKind,
} from '../../../src/core/temporary-folders'
import { createUploads } from '../../../src/core/import/uploads'
import { createGeneratedFiles } from '../../../src/core/outputs/generated-files'
import { createLog, temporaryFolder } from '../support/library'

/** The pid of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '0']).pid

/** Creates the temporary folder of a process with the given pid and start time, and puts one file into the folder. */
async function createFolderOf(
  place: string,
  kind: string,
  { pid, started = '1', namespace = processNamespace() }: { pid: number; started?: string; namespace?: string },
): Promise<string> {
  const numbers = [String(pid), started, namespace].map((each) => Number(each).toString(36))
  const folder = join(place, `bantin-${kind}-${numbers.join('-')}-aB3xY9`)
  await mkdir(join(folder, 'inner'), { recursive: true })
  await writeFile(join(folder, 'inner', 'file'), 'x')
  return folder
}

const aMonthAgo = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000)

describe('removeStaleFolders', () => {
  for (const kind of ['calls', 'upload', 'print', 'backup', 'chromium'] satisfies TemporaryKind[])
    it(`removeStaleFolders removes a folder of the kind ${kind} if its process has ended`, async () => {
      const place = await temporaryFolder()
      const folder = await createFolderOf(place, kind, { pid: deadPid() })
      await removeStaleFolders(createLog(), place)
      expect(existsSync(folder)).toBe(false)
    })

  it.skipIf(process.platform !== 'linux')(
    'removeStaleFolders removes a folder whose pid now belongs to another process',
    async () => {
      const place = await temporaryFolder()
      const folder = await createFolderOf(place, 'upload', { pid: process.pid, started: '1' })
      await removeStaleFolders(createLog(), place)
      expect(existsSync(folder)).toBe(false)
    },
  )

  it('removeStaleFolders keeps links, folders with other names, and the folders of running processes and of other containers', async () => {
    const place = await temporaryFolder()
    const pid = deadPid()
    const own = createTemporaryFolder('print', place)
    const parent = await createFolderOf(place, 'upload', {
      pid: process.ppid,
      started: processStarted(process.ppid) ?? '0',
    })
    const otherContainer = await createFolderOf(place, 'upload', { pid, namespace: '77' })
    const otherKind = await createFolderOf(place, 'notes', { pid })
    const target = await createFolderOf(await temporaryFolder(), 'upload', { pid })
    await symlink(target, join(place, basename(target)))
    await writeFile(join(place, `${basename(target)}x`), '')
    const before = (await readdir(place)).sort()
    await removeStaleFolders(createLog(), place)
    expect((await readdir(place)).sort()).toEqual(before)
    expect(
      [own, parent, otherContainer, otherKind, join(target, 'inner', 'file')].every((path) => existsSync(path)),
    ).toBe(true)
  })

  it('removeStaleFolders keeps for a week a copy that was opened in another program', async () => {
    const place = await temporaryFolder()
    const young = await createFolderOf(place, 'opened', { pid: deadPid() })
    const old = await createFolderOf(place, 'opened', { pid: deadPid(), started: '2' })
    await utimes(old, aMonthAgo, aMonthAgo)
    await removeStaleFolders(createLog(), place)
    expect([existsSync(young), existsSync(old)]).toEqual([true, false])
  })
})

describe.skipIf(process.platform === 'win32')('the temporary folders of uploads and generated files', () => {
  it('the temporary folders have names that removeStaleFolders recognises, and only the user can enter them', async () => {
    const place = await temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    onTestFinished(() => void vi.unstubAllEnvs())
    const uploads = createUploads()
    const generated = createGeneratedFiles()
    await uploads.put('a.txt', Buffer.from('a'))
    await generated.begin().put('a.pdf', Buffer.from('a'))
    const names = await readdir(place)
    expect(names.map((name) => name.split('-')[1]).sort()).toEqual(['print', 'upload'])
    for (const name of names) expect((await stat(join(place, name))).mode & 0o777).toBe(0o700)
    await uploads.close()
    await generated.close()
    expect(await readdir(place)).toEqual([])
  })

  it('the program creates a temporary folder later if the first attempt failed, so that no restart is needed', async () => {
    const place = join(await temporaryFolder(), 'missing')
    vi.stubEnv('TMPDIR', place)
    onTestFinished(() => void vi.unstubAllEnvs())
    const uploads = createUploads()
    const files = createGeneratedFiles().begin()
    await expect(uploads.put('a.txt', Buffer.from('a'))).rejects.toMatchObject({ code: 'write-failed' })
    await expect(files.put('a.pdf', Buffer.from('a'))).rejects.toMatchObject({ code: 'write-failed' })
    await mkdir(place)
    expect(await uploads.put('a.txt', Buffer.from('a'))).toBeTypeOf('string')
    expect((await files.put('a.pdf', Buffer.from('a'))).name).toBe('a.pdf')
  })
})

describe('removeOldStagedFiles', () => {
  it('removeOldStagedFiles removes a file that a killed process left behind, and keeps the file of a running write', async () => {
    const staging = await temporaryFolder()
    await writeFile(join(staging, 'old.json'), '{')
    await writeFile(join(staging, 'new.json'), '{')
    await utimes(join(staging, 'old.json'), aMonthAgo, aMonthAgo)
    await removeOldStagedFiles(staging)
    expect(await readdir(staging)).toEqual(['new.json'])
  })
})
