import type { Method } from './api'

/**
 * The process that answers a method:
 * - `library`: the process that holds the library. Pages and programs may call the method.
 * - `program`: the same process. Only programs of this machine may call the method, because the input names files on
 *   the disk.
 * - `host`: the user's own host, because this host has the windows, the dialogs and the printer.
 */
export type MethodRoute = 'library' | 'program' | 'host'

/** The caller of a method: a page of the interface, or a program that the same user runs on this machine. */
export type Caller = 'page' | 'program'

/** The routes of all methods of the contract. The compiler requires an entry for each method. */
export const methodRoutes = {
  getHost: 'host',
  openExternal: 'host',
  openReader: 'host',
  openDataFolder: 'host',
  openAttachment: 'host',
  saveText: 'host',
  saveFiles: 'host',
  printFile: 'host',
  startBackup: 'host',
  getReport: 'host',

  getLibraryState: 'program',
  startImportPaths: 'program',
  startBackupTo: 'program',
  startRestoreBackup: 'program',

  getSettings: 'library',
  changeSettings: 'library',
  exportSettings: 'library',
  importSettings: 'library',
  listBulletins: 'library',
  countBulletins: 'library',
  getStorage: 'library',
  searchBulletins: 'library',
  listGroups: 'library',
  getBulletin: 'library',
  getCapturedText: 'library',
  listRevisions: 'library',
  diffRevisions: 'library',
  markBulletins: 'library',
  keepMarks: 'library',
  keepPosition: 'library',
  prepareSpeech: 'library',
  setRepair: 'library',
  sampleEncoding: 'library',
  startReread: 'library',
  reextractBulletin: 'library',
  trashBulletins: 'library',
  restoreBulletins: 'library',
  emptyTrash: 'library',
  upload: 'library',
  startImport: 'library',
  startAdd: 'library',
  startFetchMissing: 'library',
  addSample: 'library',
  startReindex: 'library',
  startVerify: 'library',
  getJob: 'library',
  cancelJob: 'library',
  startPrint: 'library',
  startTurnTest: 'library',
  startExport: 'library',
  checkCode: 'library',
  listSources: 'library',
  listPortals: 'library',
  startDiscover: 'library',
  startCheckSource: 'library',
  addSource: 'library',
  changeSource: 'library',
  removeSource: 'library',
  importSources: 'library',
  exportSources: 'library',
  startRefresh: 'library',
  listRefreshes: 'library',
  getRefresh: 'library',
  pauseRefresh: 'library',
  resumeRefresh: 'library',
  cancelRefresh: 'library',
  startRetry: 'library',
  getRescueGrid: 'library',
  startRescue: 'library',
} as const satisfies Record<Method, MethodRoute>

/** Methods that the user's own host answers. */
export type HostMethod = { [M in Method]: (typeof methodRoutes)[M] extends 'host' ? M : never }[Method]

/** Methods that the holder of the library answers. */
export type LibraryMethod = Exclude<Method, HostMethod>

/** Tells whether the user's own host answers this method. */
export function isHostMethod(method: unknown): method is HostMethod {
  return typeof method === 'string' && Object.hasOwn(methodRoutes, method) && methodRoutes[method as Method] === 'host'
}
