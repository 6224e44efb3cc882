import ElectronStore from 'electron-store'
import type { DocumentPlace, DocumentStore } from '../core/ports'

/** The app's document store. No defaults, schema, migrations, watch, and nothing that clears a damaged file: FORMAT says why. */
export function openStore({ cwd, name }: DocumentPlace): DocumentStore {
  return new ElectronStore({ cwd, name })
}
