import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createBackupDownloads } from '../../../../src/cli/serve/backup-downloads'

const pageOf = (page: string | null | undefined): string => page?.split('/').at(-1) ?? ''

it('take() returns a finished backup once, and deletes the backup after its last byte was read', async () => {
  const backups = createBackupDownloads()
  const chosen = await backups.choose('ban-tin-2026-11-25.tar.gz')
  const file = chosen?.file ?? ''
  expect(await backups.take(pageOf(chosen?.page)), 'before it is written').toBeNull()
  await writeFile(file, 'bytes')
  expect(await backups.take('f'.repeat(32)), 'another page').toBeNull()
  const taken = await backups.take(pageOf(chosen?.page))
  expect(taken).toMatchObject({ name: 'ban-tin-2026-11-25.tar.gz', bytes: 5 })
  expect(await new Response(taken?.body).text()).toBe('bytes')
  expect(await backups.take(pageOf(chosen?.page)), 'a second time').toBeNull()
  await vi.waitFor(() => expect(existsSync(dirname(file))).toBe(false))
})

it('clear() deletes a backup that no browser has downloaded', async () => {
  const backups = createBackupDownloads()
  const chosen = await backups.choose('a.tar.gz')
  await backups.clear()
  expect(existsSync(dirname(chosen?.file ?? ''))).toBe(false)
})
