import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readUpdateFeed } from '../../../src/core/updates/update-feed'

const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'package', 'sign-update.mjs')
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sign-update-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const run = (...words: string[]): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' })

describe('sign-update', () => {
  it('sign-update prints a feed that the program accepts with the printed key, and with no other key', async () => {
    const [key, otherKey, file] = [join(folder, 'key.pem'), join(folder, 'other.pem'), join(folder, 'bộ cài.exe')]
    await writeFile(file, 'MZ')
    const publicKey = run('--make-key', key).stdout.trim()
    const otherPublicKey = run('--make-key', otherKey).stdout.trim()
    const made = run('--key', key, '--page', 'https://bantin.example/', '--days', '30', file)
    expect(made.status).toBe(0)
    const feed = readUpdateFeed(Buffer.from(made.stdout), { key: publicKey }, new Date())
    expect(feed.page).toBe('https://bantin.example/')
    expect(feed.files.map(({ name }) => name)).toEqual(['bộ cài.exe'])
    expect(() => readUpdateFeed(Buffer.from(made.stdout), { key: otherPublicKey }, new Date())).toThrow(/signature/)
  })

  it('sign-update never replaces a key file', () => {
    const key = join(folder, 'key.pem')
    expect(run('--make-key', key).status).toBe(0)
    expect(run('--make-key', key).status).not.toBe(0)
  })

  it('sign-update refuses a download page without https', () => {
    expect(run('--key', join(folder, 'key.pem'), '--page', 'http://bantin.example/').status).toBe(2)
  })
})
