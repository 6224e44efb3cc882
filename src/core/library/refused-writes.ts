import type { Library } from './library'

/** The methods of a library that write or that are only used for writing. */
type WriteMethod =
  | 'recover'
  | 'add'
  | 'addAutomatically'
  | 'recordAvailability'
  | 'mark'
  | 'keepMarks'
  | 'keepPosition'
  | 'trash'
  | 'restore'
  | 'emptyTrash'
  | 'readPageForRevision'
  | 'revise'
  | 'restoreBackup'
  | 'recordSampleAdded'

/** Creates the writing methods of a library that accepts no writes. Each method rejects with the error of `refuse`. */
export function createRefusedWrites(refuse: () => Promise<never>): Pick<Library, WriteMethod> {
  return {
    recover: refuse,
    add: refuse,
    addAutomatically: refuse,
    recordAvailability: refuse,
    mark: refuse,
    keepMarks: refuse,
    keepPosition: refuse,
    trash: refuse,
    restore: refuse,
    emptyTrash: refuse,
    readPageForRevision: refuse,
    revise: refuse,
    restoreBackup: refuse,
    recordSampleAdded: refuse,
  }
}
