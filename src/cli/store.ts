import type { DocumentPlace, DocumentStore } from '../core/ports'

/**
 * Loads the document store of the command line. The store is conf, the base class of electron-store, so both hosts
 * write the same bytes. The package conf loads when the first document is written, so commands that only read start
 * without conf.
 */
export async function loadStore(): Promise<(place: DocumentPlace) => DocumentStore> {
  const { default: Conf } = await import('conf')
  return ({ cwd, name }) => new Conf({ cwd, configName: name })
}
