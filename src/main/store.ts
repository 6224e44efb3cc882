import ElectronStore from 'electron-store'
import type { DocumentPlace, DocumentStore } from '../core/ports'

/**
 * The document store of the app. It sets no defaults, schema, migrations or watch, and never clears a damaged file:
 * docs/format/library-1.md says why.
 */
export function openStore({ cwd, name }: DocumentPlace): DocumentStore {
  return new ElectronStore({ cwd, name })
}
