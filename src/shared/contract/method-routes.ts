import type { Method } from './api'

/**
 * The process that answers a method:
 * - `library`: the process that holds the library. Pages and programs may call the method.
 * - `program`: the same process. Only programs of this machine may call the method, because the input names files on
 *   the disk.
 * - `host`: the user's own host, because this host has the windows, the dialogs and the printer.
 */
export type MethodRoute = 'library' | 'program' | 'host'

/**
 * The caller of a method:
 * - `page`: a page of the interface that shows the user's own library;
 * - `program`: a program that the same user runs on this machine;
 * - `guest`: a page of `serve --read-only`, which may belong to a stranger.
 */
export type Caller = 'page' | 'program' | 'guest'

/** The entry of a method: the process that answers the method, and whether guests may call the method. */
export interface MethodEntry {
  route: MethodRoute
  /**
   * True only if the method fetches nothing, writes nothing, and its answer to a guest contains nothing private
   * (docs/security.md#guests). `src/core/guests` removes private data from the answers.
   */
  guests: boolean
}

/** The entries of all methods of the contract. The compiler requires an entry for each method. */
export const methodRoutes = {
  getHost: { route: 'host', guests: true },
  openExternal: { route: 'host', guests: true },
  openReader: { route: 'host', guests: true },
  openDataFolder: { route: 'host', guests: false },
  openAttachment: { route: 'host', guests: true },
  saveText: { route: 'host', guests: false },
  saveFiles: { route: 'host', guests: true },
  printFile: { route: 'host', guests: true },
  startBackup: { route: 'host', guests: false },
  getReport: { route: 'host', guests: false },
  checkUpdate: { route: 'host', guests: false },
  installUpdate: { route: 'host', guests: false },

  getLibraryState: { route: 'program', guests: false },
  startImportPaths: { route: 'program', guests: false },
  startBackupTo: { route: 'program', guests: false },
  startRestoreBackup: { route: 'program', guests: false },

  getSettings: { route: 'library', guests: true },
  changeSettings: { route: 'library', guests: false },
  exportSettings: { route: 'library', guests: false },
  importSettings: { route: 'library', guests: false },
  listBulletins: { route: 'library', guests: true },
  countBulletins: { route: 'library', guests: true },
  getStorage: { route: 'library', guests: false },
  searchBulletins: { route: 'library', guests: true },
  listGroups: { route: 'library', guests: true },
  getBulletin: { route: 'library', guests: true },
  getCapturedText: { route: 'library', guests: false },
  listRevisions: { route: 'library', guests: true },
  diffRevisions: { route: 'library', guests: true },
  markBulletins: { route: 'library', guests: false },
  keepMarks: { route: 'library', guests: false },
  keepPosition: { route: 'library', guests: false },
  prepareSpeech: { route: 'library', guests: true },
  setRepair: { route: 'library', guests: false },
  sampleEncoding: { route: 'library', guests: false },
  startReread: { route: 'library', guests: false },
  reextractBulletin: { route: 'library', guests: false },
  trashBulletins: { route: 'library', guests: false },
  restoreBulletins: { route: 'library', guests: false },
  emptyTrash: { route: 'library', guests: false },
  upload: { route: 'library', guests: false },
  startImport: { route: 'library', guests: false },
  startAdd: { route: 'library', guests: false },
  startFetchMissing: { route: 'library', guests: false },
  addSample: { route: 'library', guests: false },
  startReindex: { route: 'library', guests: false },
  startVerify: { route: 'library', guests: false },
  getJob: { route: 'library', guests: true },
  cancelJob: { route: 'library', guests: true },
  startPrint: { route: 'library', guests: true },
  startTurnTest: { route: 'library', guests: false },
  startExport: { route: 'library', guests: true },
  checkCode: { route: 'library', guests: true },
  listSources: { route: 'library', guests: false },
  listPortals: { route: 'library', guests: false },
  startDiscover: { route: 'library', guests: false },
  startCheckSource: { route: 'library', guests: false },
  addSource: { route: 'library', guests: false },
  changeSource: { route: 'library', guests: false },
  removeSource: { route: 'library', guests: false },
  importSources: { route: 'library', guests: false },
  exportSources: { route: 'library', guests: false },
  startRefresh: { route: 'library', guests: false },
  listRefreshes: { route: 'library', guests: false },
  getRefresh: { route: 'library', guests: false },
  pauseRefresh: { route: 'library', guests: false },
  resumeRefresh: { route: 'library', guests: false },
  cancelRefresh: { route: 'library', guests: false },
  startRetry: { route: 'library', guests: false },
  getRescueGrid: { route: 'library', guests: false },
  startRescue: { route: 'library', guests: false },
} as const satisfies Record<Method, MethodEntry>

/** Methods that the user's own host answers. */
export type HostMethod = { [M in Method]: (typeof methodRoutes)[M]['route'] extends 'host' ? M : never }[Method]

/** Methods that the holder of the library answers. */
export type LibraryMethod = Exclude<Method, HostMethod>

/** Tells whether the user's own host answers this method. */
export function isHostMethod(method: unknown): method is HostMethod {
  return (
    typeof method === 'string' && Object.hasOwn(methodRoutes, method) && methodRoutes[method as Method].route === 'host'
  )
}
