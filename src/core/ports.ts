import type { Output } from '../shared/api'

/**
 * A JSON document written by the host's store: electron-store in the app, conf (its base class) on the command
 * line. Setting `store` writes the whole document to `path` as tab-indented JSON, the same bytes on both hosts.
 */
export interface DocumentStore {
  readonly path: string
  store: Record<string, unknown>
}

/** Where a document is to be written: `<cwd>/<name>.json`. */
export interface DocumentPlace {
  cwd: string
  name: string
}

/** The log of a run; English, never shown to a reader. */
export interface Log {
  info(message: string): void
  warn(message: string, cause?: unknown): void
}

/** Folders and files of this machine, absolute. */
export interface Paths {
  /** The library's folder; need not exist yet. */
  library: string
  /** The user's config folder (settings.json). */
  config: string
  /** This user's folder for what can be made again (indexes of libraries that can't hold their own). */
  cache: string
  /** The program's bundled resources (sample bulletin). */
  resources: string
  /** The built interface (index.html, article.html, assets). */
  interface: string
}

/** What a host tells of itself to the interface; the rest of `getHost` core knows. */
export type HostFacts = Pick<Output<'getHost'>, 'kind' | 'version' | 'platform' | 'canMakePdf'>

/** An attached file on its way to the reader. */
export interface HandedFile {
  id: string
  /** Name in the bulletin's `files/`. */
  file: string
  name: string
  read(): Promise<Uint8Array>
}

/** What a host supplies to {@link ../core/app.createApp}: all that core cannot do alone. */
export interface Ports {
  openStore(place: DocumentPlace): DocumentStore
  /** The time now. */
  clock(): Date
  log: Log
  paths: Paths
  host: HostFacts
  /** Short program name for the lock file ("bantin import", "Bản Tin"). */
  program: string
  /** Shows the print edition of these bulletins to the reader (dialog or page of this host). */
  openPrint(ids: readonly string[]): Promise<Output<'openPrint'>>
  /** Makes a PDF of these bulletins and gives it to the reader (save dialog or download page). */
  savePdf(ids: readonly string[]): Promise<Output<'savePdf'>>
  /** Gives an attached file of a bulletin to the reader; `name` is safe to save under. */
  openAttachment(file: HandedFile): Promise<Output<'openAttachment'>>
  /** The proxy this machine uses for an address, as http://host:port; null for none. */
  proxyFor(address: string): Promise<string | null>
  /** Opens an address outside; http(s) and mailto only, checked by core before the call. */
  openExternal(url: string): Promise<Output<'openExternal'>>
}
