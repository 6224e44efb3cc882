import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openOwnKey } from '../../../../src/core/trust/own-key'
import { temporaryFolder } from '../../support/library'

describe('the key of the user', () => {
  it('the key signs marks that later runs of the program accept for the same user', async () => {
    const config = await temporaryFolder()
    const mark = openOwnKey(config).sign(['source', 'a'])
    expect(openOwnKey(config).verify(mark, ['source', 'a'])).toBe(true)
    expect(openOwnKey(config).verify(mark, ['source', 'b'])).toBe(false)
    expect(openOwnKey(config).verify(mark, ['sourcea'])).toBe(false)
    expect(openOwnKey(await temporaryFolder()).verify(mark, ['source', 'a'])).toBe(false)
  })

  it('the key is in one file that only the user can read, and the check of a mark writes nothing', async () => {
    const config = await temporaryFolder()
    expect(openOwnKey(config).verify('x', [])).toBe(false)
    expect(await readdir(config)).toEqual([])
    openOwnKey(config).sign([])
    expect(await readdir(config)).toEqual(['own.key'])
    if (process.platform !== 'win32') expect((await stat(join(config, 'own.key'))).mode & 0o777).toBe(0o600)
    const key = await readFile(join(config, 'own.key'))
    expect(key.byteLength).toBe(32)
    openOwnKey(config).sign(['again'])
    expect(await readFile(join(config, 'own.key'))).toEqual(key)
  })

  it('the key is not read through a link, and not from a file that is too short', async () => {
    const known = await temporaryFolder()
    const mark = openOwnKey(known).sign(['a'])
    const config = await temporaryFolder()
    await symlink(join(known, 'own.key'), join(config, 'own.key'))
    expect(openOwnKey(config).verify(mark, ['a'])).toBe(false)
    const short = await temporaryFolder()
    await writeFile(join(short, 'own.key'), '')
    const key = openOwnKey(short)
    // This key lasts only as long as the process, so that the program still works.
    expect(key.verify(key.sign(['a']), ['a'])).toBe(true)
  })
})
