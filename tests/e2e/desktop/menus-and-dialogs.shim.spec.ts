import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { callsOf, expect, test } from '../support/desktop-test'

interface Item {
  label?: string
  role?: string
  submenu?: Item[]
}

test('the menu is in the language of the interface, and the editing commands of the menu act on the focused text field', async ({
  start,
}) => {
  const shim = await start()
  const page = await shim.window(0)
  const menus = async (): Promise<Item[]> => ((await callsOf(shim, 'menu.set')).at(-1)?.[0] ?? []) as Item[]
  const labels = async (): Promise<unknown[]> => (await menus()).map(({ label }) => label)
  expect(await labels()).toEqual(['Tệp', 'Sửa', 'Xem', 'Trợ giúp'])
  const edit = (await menus())[1]?.submenu?.flatMap(({ role }) => role ?? [])
  expect(edit).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])
  await page.evaluate(() => window.bantin?.call('changeSettings', { language: 'en' }))
  await expect.poll(labels).toContain('Edit')
})

test('a menu command does nothing while a dialog is open', async ({ start }) => {
  const shim = await start()
  const page = await shim.window(0)
  await expect(page.locator('.list .row')).toHaveCount(1)
  shim.send({ menu: 'Phím tắt' })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveCount(1)
  shim.send({ menu: 'Cài đặt' })
  // The window receives the commands in order. The answer to this later command therefore shows that the window has
  // handled the earlier one.
  shim.send({ menu: 'Cửa sổ mới' })
  await shim.window(1)
  await expect(dialog).toHaveCount(1)
  await expect(page.locator('.settings')).toHaveCount(0)
})

test('the dialog that saves a backup is attached to the window', async ({ folder, start }) => {
  const filePath = join(folder, 'bản sao.tar.gz')
  const shim = await start({ answers: { showSaveDialog: { canceled: false, filePath } } })
  const page = await shim.window(0)
  await expect(page.locator('.list .row')).toHaveCount(1)
  shim.send({ menu: 'Sao lưu…' })
  await expect.poll(() => existsSync(filePath), { timeout: 20_000 }).toBe(true)
  expect((await callsOf(shim, 'dialog.showSaveDialog'))[0]?.[1]).toEqual({ hasParent: true })
})
