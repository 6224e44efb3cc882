import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../../src/core/app'
import { openSettings, type SettingsStore } from '../../../../src/core/settings/settings'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'

const now = new Date('2026-11-24T03:15:00Z')
const open = async (root: string): Promise<SettingsStore> => openSettings(testPorts(root))
const stored = async (root: string): Promise<unknown> =>
  JSON.parse(await readFile(join(root, 'config', 'settings.json'), 'utf8'))

describe('settings', () => {
  it('an exported settings file works on another machine, and keeps values that this version does not know', async () => {
    const [root, other] = [await temporaryFolder(), await temporaryFolder()]
    await (await open(root)).change({ theme: 'night', textSize: 200 })
    await writeFile(
      join(root, 'config', 'settings.json'),
      JSON.stringify({ ...Object(await stored(root)), mood: { calm: true } }),
    )
    const text = (await open(root)).exportText(now)
    expect(JSON.parse(text)).toMatchObject({ format: 'bantin-settings/1.0', exported: '2026-11-24T03:15:00.000Z' })
    const imported = await open(other)
    await imported.change({ letterKeys: false })
    expect(await imported.importText(`\uFEFF${text}`)).toMatchObject({
      settings: { theme: 'night', textSize: 200, letterKeys: true },
      ignored: [],
    })
    expect(await stored(other)).toMatchObject({ mood: { calm: true }, theme: 'night' })
  })

  it('flush() waits for a running change, so the settings are completely written when flush() returns', async () => {
    const settings = await open(await temporaryFolder())
    await settings.change({ acceptedHosts: ['cu.example.vn'] })
    const change = settings.change({ acceptedHosts: [] })
    expect(settings.get().acceptedHosts).toEqual(['cu.example.vn'])
    expect((await settings.flush()).acceptedHosts).toEqual([])
    await change
  })

  it('the settings accept the known values of a file with a newer minor version', async () => {
    const root = await temporaryFolder()
    const settings = await open(root)
    const text = JSON.stringify({
      format: 'bantin-settings/1.4',
      settings: { theme: 'sepia', textSize: 150, later: 1 },
    })
    expect(await settings.importText(text)).toMatchObject({
      settings: { theme: 'system', textSize: 150 },
      ignored: ['theme'],
    })
    expect(await stored(root)).toMatchObject({ theme: 'system', textSize: 150, later: 1 })
  })

  it.each([
    ['an empty file', '', 'not-settings'],
    ['a truncated file', '{"format":"bantin-settings/1.0","sett', 'not-settings'],
    ['a list', '[1]', 'not-settings'],
    ['null', 'null', 'not-settings'],
    ['another program’s file', '{"theme":"night"}', 'not-settings'],
    ['a library', '{"format":"bantin-library/1.0"}', 'not-settings'],
    ['a file whose settings are not an object', '{"format":"bantin-settings/1.0","settings":[1]}', 'not-settings'],
    ['a file of a newer major version', '{"format":"bantin-settings/2.0"}', 'settings-newer'],
  ])('the settings reject %s and keep the current values', async (_what, text, code) => {
    const root = await temporaryFolder()
    const settings = await open(root)
    await settings.change({ theme: 'night' })
    const before = await stored(root)
    await expect(settings.importText(text)).rejects.toMatchObject({ code })
    expect(settings.get().theme).toBe('night')
    expect(await stored(root)).toEqual(before)
  })

  it('calls of the contract export and import the settings, and an import sends an event', async () => {
    const app = await createApp(testPorts(await temporaryFolder()), {
      access: 'write',
      offerSample: false,
      workers: null,
    })
    const themes: string[] = []
    app.on(({ event }) => event.type === 'settings-changed' && themes.push(event.settings.theme))
    const exported = await app.call('exportSettings', {})
    expect(exported).toMatchObject({ ok: true, value: { name: 'ban-tin-cai-dat-2026-11-24.json' } })
    const text = JSON.stringify({ format: 'bantin-settings/1.0', settings: { theme: 'contrast' } })
    expect(await app.call('importSettings', { text })).toMatchObject({ ok: true, value: { ignored: [] } })
    expect(themes).toEqual(['contrast'])
    expect(await app.call('importSettings', { text: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'not-settings' },
    })
    await app.close()
  })
})
