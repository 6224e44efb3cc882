import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { valueOf } from '../support/contract-calls'
import { callsOf, expect, test } from '../support/desktop-test'

const question = 'Khôi phục bản sao lưu này vào kho?'
const answer = (response: number): Record<string, string> => ({
  SHIM_ANSWERS: JSON.stringify({ showMessageBox: { response } }),
})
/** The messages of the dialogs, in their order. */
const messagesOf = async (shim: Parameters<typeof callsOf>[0]): Promise<unknown[]> =>
  (await callsOf(shim, 'dialog.showMessageBox')).map(([options]) => (options as { message: string }).message)

test.describe('a backup that the user opens by a double click', () => {
  test('a backup that was opened is restored after the user has agreed', async ({ folder, start }) => {
    const backup = join(folder, 'kho của tôi.bantin')
    const first = await start({
      env: { SHIM_ANSWERS: JSON.stringify({ showSaveDialog: { canceled: false, filePath: backup } }) },
    })
    const page = await first.window(0)
    await expect(page.locator('.list .row')).toHaveCount(1)
    await valueOf(page, 'startBackup', {})
    await expect
      .poll(() =>
        readFile(backup).then(
          ({ length }) => length > 0,
          () => false,
        ),
      )
      .toBe(true)
    await first.stop()
    await rm(join(first.userData, 'library'), { recursive: true })

    const second = await start({ words: ['.', backup], env: answer(0) })
    await expect.poll(() => messagesOf(second)).toEqual([question, 'Đã khôi phục bản sao lưu.'])
    await expect((await second.window(0)).locator('.list .row')).toHaveCount(1)
  })

  test('a backup that was opened is not restored if the user says no', async ({ folder, start }) => {
    await writeFile(join(folder, 'kho.bantin'), 'không phải bản sao lưu')
    const shim = await start({ words: ['.', 'kho.bantin'], cwd: folder, env: answer(1) })
    await expect.poll(() => messagesOf(shim)).toEqual([question])
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
  })

  test('a file that is no backup leads to one sentence on screen, also if a second instance opens the file', async ({
    folder,
    start,
  }) => {
    await writeFile(join(folder, 'kho.BANTIN'), 'không phải bản sao lưu')
    const argv = ['electron', '--allow-file-access-from-files', '.', 'kho.BANTIN']
    const shim = await start({ env: { ...answer(0), SHIM_SECOND_INSTANCE: JSON.stringify({ argv, folder }) } })
    await expect.poll(() => messagesOf(shim)).toEqual([question, 'kho.BANTIN không phải là tệp sao lưu của Bản Tin.'])
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
  })
})
