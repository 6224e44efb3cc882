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
  /** Opens an address outside; http(s) and mailto only, checked by core before the call. */
  openExternal(url: string): Promise<Output<'openExternal'>>
  /** Shows a bulletin in a window or tab of its own. */
  openReader(id: string): Promise<Output<'openReader'>>
  /** Shows the library's folder in the system's file manager, where this host may. */
  openDataFolder(): Promise<Output<'openDataFolder'>>
  /** Saves a text where the reader says, where this host has dialogs. Throws as writes do. */
  saveText(name: string, text: string): Promise<Output<'saveText'>>
  /** Where a backup is to be written, and the page to fetch it from; null when the reader decides otherwise. */
  chooseBackup(name: string): Promise<{ file: string; page: string | null } | null>
}
