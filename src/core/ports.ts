import type { Output } from '../shared/contract/api'
import type { GeneratedFile, PrintedFile } from './outputs/generated-files'

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
export interface AttachmentFile {
  id: string
  /** Name in the bulletin's `files/`. */
  file: string
  name: string
  read(): Promise<Uint8Array>
}

/** Turns editions into PDF, one after the other: tagged, outlined, page sizes from their CSS; loads nothing but our own pages. */
export interface PrintEngine {
  /** Throws `print-failed`, `cancelled`. */
  print(html: string, policy: string, signal: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** What a host supplies to {@link ./app.createApp}: all that core cannot do alone. */
export interface Ports {
  openStore(place: DocumentPlace): DocumentStore
  /** The time now. */
  clock(): Date
  log: Log
  paths: Paths
  host: HostFacts
  /** Short program name for the lock file ("bantin import", "Bản Tin"). */
  program: string
  /** Starts what turns editions into PDF; `page` answers for everything an edition loads. Throws `no-chromium`, `print-failed`. */
  openPrintEngine(page: (path: string) => Promise<Response | null>): Promise<PrintEngine>
  /** Hands a made file to the reader's printer: a dialog of the system's, or a page of this host with one. */
  printFile(file: PrintedFile, copies: number): Promise<Output<'printFile'>>
  /** Gives made files to the reader: a save dialog, or pages of this host to download. */
  saveFiles(files: readonly GeneratedFile[]): Promise<Output<'saveFiles'>>
  /** Gives an attached file of a bulletin to the reader; `name` is safe to save under. */
  openAttachment(file: AttachmentFile): Promise<Output<'openAttachment'>>
  /** The proxy this machine uses for an address, as http://host:port; null for none. */
  proxyFor(address: string): Promise<string | null>
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
