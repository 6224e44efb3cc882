import { join } from 'node:path'
import Conf from 'conf'
import type { Paths, Ports } from '../../src/core/ports'

/** Returns the ports of a process without a screen. The process prints, opens and logs nothing. */
export function quietPorts(program: string, { library, config }: Pick<Paths, 'library' | 'config'>): Ports {
  return {
    openStore: ({ cwd, name }) => new Conf({ cwd, configName: name }),
    clock: () => new Date(),
    log: { info: () => undefined, warn: () => undefined },
    paths: { library, config, cache: join(config, 'indexes'), resources: config, interface: config },
    program,
    host: { kind: 'web', version: '0.0.0', platform: 'test', canMakePdf: false },
    openPrintEngine: () => Promise.reject(new Error('faults: no engine')),
    printFile: () => Promise.resolve({ page: null, isOpenedInViewer: false }),
    saveFiles: () => Promise.resolve({ pages: [], saved: [] }),
    openAttachment: () => Promise.resolve({ page: null }),
    openExternal: () => Promise.resolve({ page: null }),
    openReader: () => Promise.resolve({ page: null }),
    openDataFolder: () => Promise.resolve({ path: library, opened: false }),
    saveText: () => Promise.resolve({ saved: false, byPage: false }),
    chooseBackup: () => Promise.resolve(null),
    proxyFor: () => Promise.resolve(null),
  }
}
