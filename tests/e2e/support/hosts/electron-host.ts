import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, expect } from '@playwright/test'
import { findElectron } from '../../../../scripts/electron-path.mjs'
import { root } from '../paths'
import { pressPrint } from '../print-dialog'
import type { Host, HostSetup } from './host'

/** The path of Electron's executable on this machine, or the reason why Electron cannot run here. */
export const electron = findElectron()

/** Starts the built app in the real Electron. */
export async function startElectronHost({ folder }: HostSetup): Promise<Host> {
  const userData = join(folder, 'user-data')
  const printFolder = join(folder, 'printed')
  const launch = (): ReturnType<typeof _electron.launch> =>
    _electron.launch({
      executablePath: electron.path ?? '',
      args: [root, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
      // The program prints to this folder, because a test can't drive the system's print dialog.
      env: { ...process.env, BANTIN_CONFIG: userData, BANTIN_PRINT_FOLDER: printFolder },
    })
  let app = await launch()
  const host: Host = {
    kind: 'electron',
    page: await app.firstWindow(),
    async openAnother() {
      const opened = app.waitForEvent('window')
      await app.evaluate(({ Menu }) => {
        const item = Menu.getApplicationMenu()
          ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
          .find(({ label }) => label === 'Cửa sổ mới')
        item?.click()
      })
      return opened
    },
    libraryFolder: join(userData, 'library'),
    foreignRequests: [],
    async restart() {
      await app.close()
      app = await launch()
      host.page = await app.firstWindow()
    },
    async printed() {
      const count = async (): Promise<number> =>
        (await readdir(printFolder).catch(() => [])).filter((name) => name.endsWith('.pdf')).length
      const before = await count()
      await pressPrint(host.page)
      await expect.poll(count, { timeout: 60_000 }).toBe(before + 1)
      return readFile(join(printFolder, `${before + 1}.pdf`))
    },
    close: () => app.close(),
  }
  return host
}
