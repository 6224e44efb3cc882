import { printDefaults } from '../../../../src/shared/print/print-defaults'
import { exportDefaults } from '../../../../src/shared/export/export-formats'
import type { Method } from '../../../../src/shared/contract/api'

/** The ids and names that the calls use. */
export interface GuestTargets {
  id: string
  trashed: string
  /** A picture and an attached file of `id`. */
  file: string
  attachment: string
  address: string
  path: string
  label: string
  folder: string
  /** The printed codes of both bulletins. */
  codes: readonly string[]
  jobId: string
}

const page = { offset: 0, limit: 100 }

/**
 * Returns plausible inputs for each method of the contract. The compiler requires an entry for each method, so that the
 * test cannot miss a new method.
 */
export function guestCalls({
  id,
  trashed,
  attachment,
  address,
  path,
  label,
  folder,
  jobId,
  codes,
}: GuestTargets): Record<Method, readonly unknown[]> {
  const print = { ids: [id], options: { ...printDefaults.a4, notes: true, highlights: true, sourceBox: true } }
  return {
    getHost: [{}],
    openExternal: [{ url: 'https://portal.example/tin/1' }],
    openReader: [{ id }],
    openDataFolder: [{}],
    openAttachment: [{ id, file: attachment }],
    saveText: [{ name: 'a.txt', text: 'x' }],
    saveFiles: [{ jobId }],
    printFile: [{ jobId, file: 0, copies: 1 }],
    startBackup: [{}],
    getReport: [{}],
    checkUpdate: [{ onlyIfDue: false }],
    installUpdate: [{}],
    getLibraryState: [{}],
    startImportPaths: [{ paths: [path] }],
    startBackupTo: [{ file: `${path}/backup.tar.gz` }],
    startRestoreBackup: [{ file: `${path}/backup.tar.gz`, withDeleted: true }],
    getSettings: [{}],
    changeSettings: [{ theme: 'night' }],
    exportSettings: [{}],
    importSettings: [{ text: '{"format":"bantin-settings/1.0","settings":{"theme":"night"}}' }],
    listBulletins: [
      { filter: {}, ...page },
      { filter: { hasAttachment: false }, order: 'oldest', ...page },
      ...[{ tag: label }, { folder }, { inTrash: true }, { starred: true }, { unread: false }, { started: true }].map(
        (filter) => ({ filter, ...page }),
      ),
    ],
    countBulletins: [{}],
    getStorage: [{}],
    searchBulletins: [
      ...['phiên họp', 'hop', 'Ghi', label, `nhãn:${label}`, `tag:${label}`, 'thùng rác'].flatMap((query) => [
        { query, filter: {}, ...page },
        { query, filter: {}, order: 'best', isTyping: true, ...page },
      ]),
      { query: 'họp', filter: { tag: label }, ...page },
      { query: 'họp', filter: { inTrash: true }, ...page },
    ],
    listGroups: [{}],
    getBulletin: [{ id }, { id, revision: 1 }, { id: trashed }],
    getCapturedText: [{ id }],
    listRevisions: [{ id }, { id: trashed }],
    diffRevisions: [{ id, from: 1, to: 1 }, { id: trashed }],
    markBulletins: [{ ids: [id], read: true, starred: true, addTags: ['x'] }],
    keepMarks: [{ id, remove: ['abcdefgh'] }],
    keepPosition: [{ id, position: { block: 1, offset: 0.5 } }],
    prepareSpeech: [{ paragraphs: ['Ngày 5/9, UBND xã họp.'] }],
    setRepair: [{ id, repair: { kind: 'nfc', rule: 'nfc', field: 'body' }, undone: true }],
    sampleEncoding: [{ id, encoding: 'tcvn3' }],
    startReread: [{ id, encoding: 'tcvn3' }],
    reextractBulletin: [{ id }],
    trashBulletins: [{ ids: [id] }],
    restoreBulletins: [{ ids: [trashed] }],
    emptyTrash: [{ ids: null }],
    upload: [{ name: 'a.txt', bytes: new TextEncoder().encode('08/09/2020\nTin\n\nĐoạn.') }],
    startImport: [{ handles: ['h'] }],
    startAdd: [{ urls: [address] }],
    startFetchMissing: [{ ids: [id] }],
    addSample: [{}],
    startReindex: [{}],
    startVerify: [{}],
    getJob: [{ jobId }],
    cancelJob: [{ jobId }],
    startPrint: [
      { ...print, isPreview: true },
      { ...print, ids: [trashed], isPreview: false },
    ],
    startTurnTest: [{}],
    startExport: (['html', 'epub', 'text', 'markdown', 'json'] as const).flatMap((format) => [
      { ids: [id], format, options: exportDefaults },
      { ids: [trashed], format, options: exportDefaults },
    ]),
    checkCode: codes.map((code) => ({ code })),
    listSources: [{}],
    listPortals: [{}],
    startDiscover: [{ url: address }],
    startCheckSource: [{ url: address }],
    addSource: [{ url: address, kind: 'portal' }],
    changeSource: [{ id: '0123456789abcdef', name: 'x' }],
    removeSource: [{ id: '0123456789abcdef' }],
    importSources: [{ text: '<opml version="2.0"><body/></opml>' }],
    exportSources: [{}],
    startRefresh: [{ sources: null }],
    listRefreshes: [{ limit: 10 }],
    getRefresh: [{ refreshId: '20261124t031500z-0123abcd' }],
    pauseRefresh: [{ refreshId: '20261124t031500z-0123abcd' }],
    resumeRefresh: [{ refreshId: '20261124t031500z-0123abcd' }],
    cancelRefresh: [{ refreshId: '20261124t031500z-0123abcd' }],
    startRetry: [{ refreshId: '20261124t031500z-0123abcd' }],
    getRescueGrid: [{ id: '0123456789abcdef' }],
    startRescue: [{ id: '0123456789abcdef', month: null }],
  }
}
