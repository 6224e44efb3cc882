import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { RunningShim } from '../support/hosts/shim-host'
import { callsOf, expect, test } from '../support/desktop-test'

const text = 'Tin của phiên bản thứ hai\n\nNội dung của bản tin này đủ dài để thành một đoạn văn.\n'

test.describe('the start of the program', () => {
  test('if a second instance names a file while the library is still opening, the program imports the file', async ({
    folder,
    start,
  }) => {
    await writeFile(join(folder, 'tin.txt'), text)
    const argv = ['electron', '--allow-file-access-from-files', '.', 'tin.txt']
    const shim = await start({ env: { SHIM_SECOND_INSTANCE: JSON.stringify({ argv, folder }) } })
    const page = await shim.window(0)
    await expect(page.locator('.list .row')).toHaveCount(2)
    await expect(page.locator('.list .row').first()).toContainText('Tin của phiên bản thứ hai')
  })

  test('the program imports a file if its own command line names the file by a relative path', async ({
    folder,
    start,
  }) => {
    await writeFile(join(folder, 'tin.txt'), text)
    const page = await (await start({ words: ['.', 'tin.txt'], cwd: folder })).window(0)
    await expect(page.locator('.list .row')).toHaveCount(2)
  })

  test('the program shows a window even if the page of the window never becomes ready', async ({ start }) => {
    const shim = await start({ env: { SHIM_READY_TO_SHOW: 'never' } })
    await shim.window(0)
    const shown = async (): Promise<number> => (await callsOf(shim, 'window.show')).length
    await expect.poll(shown, { timeout: 20_000 }).toBe(1)
  })

  test('the program ignores an empty BANTIN_CONFIG, and resolves a relative BANTIN_CONFIG from the current folder', async ({
    folder,
    start,
  }) => {
    const unset = await start({ env: { BANTIN_CONFIG: '', BANTIN_LIBRARY: '' } })
    await unset.window(0)
    expect(unset.userData).toBe(join(folder, 'user-data'))
    expect(existsSync(join(unset.userData, 'library', 'library.lock'))).toBe(true)
    await unset.stop()
    const env = { BANTIN_CONFIG: relative(process.cwd(), join(folder, 'riêng')) }
    const moved = await start({ env, userData: join(folder, 'unused') })
    await moved.window(0)
    expect(existsSync(join(folder, 'riêng', 'library', 'library.lock'))).toBe(true)
    expect(existsSync(join(folder, 'unused', 'library'))).toBe(false)
  })

  test('the program draws without the graphics card only if the user has chosen so', async ({ start }) => {
    const wasCalled = async (shim: RunningShim): Promise<boolean> =>
      (await callsOf(shim, 'app.disableHardwareAcceleration')).length > 0
    const before = await start()
    const page = await before.window(0)
    expect(await wasCalled(before)).toBe(false)
    await page.evaluate(() => window.bantin?.call('changeSettings', { softwareRendering: true }))
    await before.stop()
    const after = await start()
    await after.window(0)
    expect(await wasCalled(after)).toBe(true)
  })
})

test.describe('the end of the program', () => {
  test('the program closes the library when Windows ends the session without before-quit', async ({ start }) => {
    const shim = await start()
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
    const lock = join(shim.userData, 'library', 'library.lock')
    expect(existsSync(lock)).toBe(true)
    const ended = once(shim.process, 'exit')
    shim.send({ session: 'end' })
    // The exit code is 0. The shim would kill a hanging program with the code 1. The user may cancel the end of the
    // session, so a program without a library must not stay open.
    expect(await ended).toEqual([0, null])
    expect(existsSync(lock)).toBe(false)
    expect(existsSync(join(shim.userData, 'library', 'library.unsettled'))).toBe(false)
  })

  test('only a killed program leaves its lock behind', async ({ start }) => {
    const shim = await start()
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
    const ended = once(shim.process, 'exit')
    shim.process.kill('SIGKILL')
    await ended
    expect(existsSync(join(shim.userData, 'library', 'library.lock'))).toBe(true)
  })

  test('the program opens the windows of the last run again', async ({ start }) => {
    const first = await start()
    await first.window(0)
    first.send({ menu: 'Cửa sổ mới' })
    await expect((await first.window(1)).locator('.list .row')).toHaveCount(1)
    await first.stop()
    const second = await start()
    await expect((await second.window(1)).locator('.list .row')).toHaveCount(1)
  })
})
