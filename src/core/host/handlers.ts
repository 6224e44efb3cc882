import type { Output } from '../../shared/contract/api'
import { AppError } from '../../shared/errors'
import type { HostMethod } from '../../shared/contract/method-routes'
import { dayInVietnam } from '../../shared/text/vietnam-time'
import type { App } from '../app-interface'
import { callMethod } from '../call-method'
import { createReport } from '../diagnostics/report'
import type { Handlers } from '../dispatch'
import { maxImportBytes } from '../import/uploads'
import { getJobFiles, getPrintedFile } from '../jobs'
import { attachmentName } from '../media/attachment-name'
import type { Ports } from '../ports'
import { createUpdates } from '../updates/create-updates'

/**
 * Creates the methods that the user's host answers. Only this host has the windows, dialogs and printer of the user.
 * The methods access the library through the contract, because another process may hold the library.
 */
export function createHostHandlers(ports: Ports, library: Pick<App, 'call' | 'page'>): Pick<Handlers, HostMethod> {
  const isOn = async (): Promise<boolean> => (await callMethod(library, 'getSettings', {})).checksForUpdates
  const updates = createUpdates(ports, isOn)
  const getState = (): Promise<Output<'getLibraryState'>> => callMethod(library, 'getLibraryState', {})
  return {
    async getHost(_, caller) {
      const { readOnly, isDiskFull = false } = await getState()
      const isForGuests = caller === 'guest'
      const libraryPath = isForGuests ? '' : ports.paths.library
      return { ...ports.host, libraryPath, readOnly, isDiskFull, isForGuests, maxImportBytes }
    },
    openReader: ({ id }) => ports.openReader(id),
    openDataFolder: () => ports.openDataFolder(),
    saveText: ({ name, text }) => ports.saveText(name, text),
    openExternal({ url }) {
      if (!isExternalAddress(url)) throw new AppError('forbidden', 'open external: only http, https and mailto', {})
      return ports.openExternal(url)
    },
    async openAttachment({ id, file }) {
      const bulletin = await callMethod(library, 'getBulletin', { id })
      const missing = (): AppError => new AppError('file-not-found', `open attachment: no ${file}`, { name: file })
      if (!bulletin.attachments.some((each) => each.file === file)) throw missing()
      return ports.openAttachment({
        id,
        file,
        name: attachmentName(bulletin, file),
        async read() {
          const page = await library.page(`/media/${id}/${file}`)
          if (page === null) throw missing()
          return new Uint8Array(await page.arrayBuffer())
        },
      })
    },
    printFile: async ({ jobId, file, copies }) =>
      ports.printFile(getPrintedFile(await callMethod(library, 'getJob', { jobId }), file), copies),
    saveFiles: async ({ jobId }) => ports.saveFiles(getJobFiles(await callMethod(library, 'getJob', { jobId }))),
    async startBackup() {
      const chosen = await ports.chooseBackup(`ban-tin-${dayInVietnam(ports.clock())}.tar.gz`)
      if (chosen === null) return { jobId: null, page: null }
      const { jobId } = await callMethod(library, 'startBackupTo', { file: chosen.file })
      return { jobId, page: chosen.page }
    },
    checkUpdate: async (input) => (await updates()).check(input),
    async installUpdate() {
      await (await updates()).install()
      return {}
    },
    async getReport() {
      const { all } = await callMethod(library, 'countBulletins', {})
      return { text: await createReport(ports, { bulletins: all, readOnly: (await getState()).readOnly }) }
    },
  }
}

/** Tells whether an address may be opened outside the program. Only http, https and mailto addresses may be opened. */
function isExternalAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
}
