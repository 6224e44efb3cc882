import { join } from 'node:path'
import type { Ports } from '../../../src/core/ports'
import { AppError } from '../../../src/shared/errors'
import { createLog, openStore } from './library'

/**
 * Returns the ports of a host without a screen. The document stores are real. `root` is the folder of the library, and
 * the settings are in a folder below it.
 */
export function testPorts(root: string, given: Partial<Ports> = {}): Ports {
  const project = join(import.meta.dirname, '..', '..', '..')
  return {
    openStore,
    clock: () => new Date('2026-11-24T03:15:00Z'),
    log: createLog(),
    program: 'test',
    paths: {
      library: root,
      config: join(root, 'config'),
      cache: join(root, 'config', 'indexes'),
      resources: join(project, 'resources'),
      interface: join(project, 'src', 'renderer'),
    },
    host: { kind: 'web', version: '0.0.0', platform: 'test', canMakePdf: false },
    openPrintEngine: () => Promise.reject(new AppError('no-chromium', 'test: there is no print engine')),
    printFile: () => Promise.resolve({ page: null, isOpenedInViewer: false }),
    saveFiles: () => Promise.resolve({ pages: [], saved: [] }),
    openAttachment: () => Promise.resolve({ page: null }),
    proxyFor: () => Promise.resolve(null),
    openExternal: () => Promise.resolve({ page: null }),
    openReader: () => Promise.resolve({ page: null }),
    openDataFolder: () => Promise.resolve({ path: root, opened: false }),
    saveText: () => Promise.resolve({ saved: false, byPage: true }),
    chooseBackup: () => Promise.resolve(null),
    ...given,
  }
}
