import type { DocumentPlace, DocumentStore } from '../core/ports'

/**
 * The command line's document store: conf, electron-store's base class, so that both write the same bytes. Loaded
 * when the first document is written: reading commands start without it.
 */
export async function loadStore(): Promise<(place: DocumentPlace) => DocumentStore> {
  const { default: Conf } = await import('conf')
  return ({ cwd, name }) => new Conf({ cwd, configName: name })
}
