import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createBackupDownloads } from '../../../../src/cli/serve/backup-downloads'

const pageOf = (page: string | null | undefined): string => page?.split('/').at(-1) ?? ''

it('a backup is handed out once, whole, under its name, and goes with the last byte', async () => {
  const shelf = createBackupDownloads()
  const chosen = await shelf.choose('ban-tin-2026-11-25.tar.gz')
  const file = chosen?.file ?? ''
  expect(await shelf.take(pageOf(chosen?.page)), 'before it is written').toBeNull()
  await writeFile(file, 'bytes')
  expect(await shelf.take('f'.repeat(32)), 'another page').toBeNull()
  const taken = await shelf.take(pageOf(chosen?.page))
  expect(taken).toMatchObject({ name: 'ban-tin-2026-11-25.tar.gz', bytes: 5 })
  expect(await new Response(taken?.body).text()).toBe('bytes')
  expect(await shelf.take(pageOf(chosen?.page)), 'a second time').toBeNull()
  await vi.waitFor(() => expect(existsSync(dirname(file))).toBe(false))
})

it('what nobody fetched is removed in the end', async () => {
  const shelf = createBackupDownloads()
  const chosen = await shelf.choose('a.tar.gz')
  await shelf.clear()
  expect(existsSync(dirname(chosen?.file ?? ''))).toBe(false)
})
