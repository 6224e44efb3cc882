import type { CallResult } from '../shared/contract/api'
import { dayInVietnam } from '../shared/text/vietnam-time'
import { createDispatch, type Handlers } from './dispatch'
import type { Ports } from './ports'
import { createReport } from './diagnostics/report'

/** Methods that only the host at hand can do, whoever holds the library: its windows, its folders, its dialogs. */
export type HostMethod = 'openReader' | 'openDataFolder' | 'saveText' | 'startBackup' | 'getReport'

/** What these methods need of the library, wherever it is held. */
export interface LibraryAtHand {
  count(): Promise<number>
  readOnly(): Promise<boolean>
  /** Begins to write the whole library into a file of this machine; the job's id. */
  startBackup(file: string): Promise<string>
}

/** The handlers of {@link HostMethod}. */
export function createHostHandlers(ports: Ports, library: LibraryAtHand): Pick<Handlers, HostMethod> {
  return {
    openReader: ({ id }) => ports.openReader(id),
    openDataFolder: () => ports.openDataFolder(),
    saveText: ({ name, text }) => ports.saveText(name, text),
    async startBackup() {
      const name = `ban-tin-${dayInVietnam(ports.clock())}.tar.gz`
      const chosen = await ports.chooseBackup(name)
      return chosen === null
        ? { jobId: null, page: null }
        : { jobId: await library.startBackup(chosen.file), page: chosen.page }
    },
    getReport: async () => ({
      text: await createReport(ports, { bulletins: await library.count(), readOnly: await library.readOnly() }),
    }),
  }
}

/** Answers calls of these methods, checked as all calls are; null for any other. */
export function createHostDispatch(
  ports: Ports,
  library: LibraryAtHand,
): (method: unknown, input: unknown) => Promise<CallResult<unknown>> | null {
  const handlers = createHostHandlers(ports, library)
  const dispatch = createDispatch(handlers, ports.log)
  return (method, input) =>
    typeof method === 'string' && Object.hasOwn(handlers, method) ? dispatch(method, input) : null
}
