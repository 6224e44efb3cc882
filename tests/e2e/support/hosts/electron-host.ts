import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { findElectron } from '../../../../scripts/electron-path.mjs'
import { root } from '../paths'
import { pressPrint } from '../print-dialog'
import type { Host, HostSetup } from './host'

/** The path of Electron's executable on this machine, or the reason why there is none. */
export const electron = findElectron()

/** Starts the built app in the real Electron. */
export async function startElectronHost({ folder }: HostSetup): Promise<Host> {
  const userData = join(folder, 'user-data')
  const launch = (): ReturnType<typeof _electron.launch> =>
    _electron.launch({
      executablePath: electron.path ?? '',
      args: [root, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
      env: { ...process.env, BANTIN_CONFIG: userData },
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
      // A test can't drive the system's print dialog. The test therefore takes the PDF that the program passes to the
      // dialog.
      const pdf = app.evaluate(
        ({ app: electronApp }) =>
          new Promise<string>((resolve) =>
            electronApp.on('web-contents-created', (_event, contents) => {
              const printToPDF = contents.printToPDF.bind(contents)
              contents.printToPDF = async (options) => {
                const bytes = await printToPDF(options)
                contents.print = () => undefined
                resolve(bytes.toString('base64'))
                return bytes
              }
            }),
          ),
      )
      await pressPrint(host.page)
      return Buffer.from(await pdf, 'base64')
    },
    close: () => app.close(),
  }
  return host
}
