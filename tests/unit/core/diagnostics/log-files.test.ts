import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogFiles, readLogTail, removeOldLogs } from '../../../../src/core/diagnostics/log-files'
import { AppError } from '../../../../src/shared/errors'
import { createLog } from '../../support/library'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'bantin-logs-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('log files', () => {
  it('log files contain the causes of an error but not its details, and each day has one file', async () => {
    const cause = new Error('broken')
    const thrown = new AppError('write-failed', 'status: not written', { name: 'Tên bản tin của tôi' }, { cause })
    const log = createLogFiles(folder, { clock: () => new Date('2026-11-25T01:00:00Z'), next: createLog() })
    log.info('library: open')
    log.warn('status: failed', thrown)
    expect(await readdir(folder)).toEqual(['2026-11-25.log'])
    expect(await readLogTail(folder, 10)).toEqual([
      '2026-11-25T01:00:00.000Z info library: open',
      '2026-11-25T01:00:00.000Z warn status: failed: AppError status: not written: Error broken',
    ])
  })

  it('log files are deleted after 14 days, and other files of their folder stay', async () => {
    const days = ['2026-11-10', '2026-11-11', '2026-11-25']
    for (const name of [...days.map((day) => `${day}.log`), 'notes.txt', '2020-01-01.txt'])
      await writeFile(join(folder, name), 'x\n')
    await removeOldLogs(folder, new Date('2026-11-25T12:00:00Z'))
    expect((await readdir(folder)).sort()).toEqual(['2020-01-01.txt', '2026-11-11.log', '2026-11-25.log', 'notes.txt'])
  })

  it('old log files are deleted when a new day begins', async () => {
    let now = new Date('2026-11-01T23:00:00Z')
    const log = createLogFiles(folder, { clock: () => now, next: createLog() })
    log.info('one')
    now = new Date('2026-11-20T01:00:00Z')
    log.info('two')
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual(['2026-11-20.log']))
  })

  it('a log file that cannot be written does not stop the program', async () => {
    const next = createLog()
    await mkdir(join(folder, '2026-11-25.log'))
    const log = createLogFiles(folder, { clock: () => new Date('2026-11-25T01:00:00Z'), next })
    expect(() => log.info('one')).not.toThrow()
    expect(await readLogTail(join(folder, 'none'), 10)).toEqual([])
  })

  it('readLogTail returns the newest lines, even if the lines are from several days', async () => {
    await writeFile(join(folder, '2026-11-24.log'), 'a\nb\n')
    await writeFile(join(folder, '2026-11-25.log'), 'c\n')
    expect(await readLogTail(folder, 2)).toEqual(['b', 'c'])
    expect(await readFile(join(folder, '2026-11-24.log'), 'utf8')).toBe('a\nb\n')
  })
})
