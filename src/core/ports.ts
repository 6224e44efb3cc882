import type { Output } from '../shared/contract/api'

/**
 * A JSON document that the host's store writes. The store is electron-store in the desktop program, and conf, the base
 * class of electron-store, on the command line. Setting the property `store` writes the whole document to `path` as
 * JSON with tabs. Both hosts write the same bytes.
 */
export interface DocumentStore {
  readonly path: string
  store: Record<string, unknown>
}

/** The location of a document, which is `<cwd>/<name>.json`. */
export interface DocumentPlace {
  cwd: string
  name: string
}

/** A file that a print or export job has generated. */
export interface GeneratedFile {
  /** The name under which the user saves the file. */
  name: string
  /** The path of the page that returns the bytes of the file. */
  path: string
}

/** A file that a print job has generated. */
export interface PrintedFile extends GeneratedFile {
  pages: number
}

/** The log of a run. The log is in English, and the interface never shows it. */
export interface Log {
  info(message: string): void
  warn(message: string, cause?: unknown): void
}

/** Absolute paths of this machine. */
export interface Paths {
  /** The folder of the library. This folder may not exist yet. */
  library: string
  /** The config folder of the user (settings.json). */
  config: string
  /** The cache folder of the user. It contains the index of a library whose own folder cannot contain an index. */
  cache: string
  /** The bundled resources (sample bulletin, portals). */
  resources: string
  /** The folder of the built interface (index.html, article.html, assets). */
  interface: string
}

/** The part of `getHost` that only the host knows. */
export type HostFacts = Pick<Output<'getHost'>, 'kind' | 'version' | 'platform' | 'canMakePdf'>

/** An attached file that the user opens or saves. */
export interface AttachmentFile {
  id: string
  /** The name in the folder `files/` of the bulletin. */
  file: string
  name: string
  read(): Promise<Uint8Array>
}

/**
 * Prints editions to PDF, one after the other. Each PDF has tags and an outline. The CSS of the edition sets the page
 * size. The engine loads only pages of the program.
 */
export interface PrintEngine {
  /** Throws `print-failed`, `cancelled`. */
  print(html: string, policy: string, signal: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** The functions of a host that {@link ./app.createApp} needs: everything that core cannot do alone. */
export interface Ports {
  openStore(place: DocumentPlace): DocumentStore
  /** The current time. */
  clock(): Date
  log: Log
  paths: Paths
  host: HostFacts
  /** The short program name in the lock file ("bantin import", "Bản Tin"). */
  program: string
  /**
   * Starts the print engine. `page` returns each page and file that an edition loads. Throws `no-chromium`,
   * `print-failed`.
   */
  openPrintEngine(page: (path: string) => Promise<Response | null>): Promise<PrintEngine>
  /** Prints a file: through a dialog of the system, or through a page of this host. */
  printFile(file: PrintedFile, copies: number): Promise<Output<'printFile'>>
  /** Saves the files of a job: through a dialog, or as downloads from pages of this host. */
  saveFiles(files: readonly GeneratedFile[]): Promise<Output<'saveFiles'>>
  /** Lets the user open or save an attached file. Its `name` is a safe file name. */
  openAttachment(file: AttachmentFile): Promise<Output<'openAttachment'>>
  /** Returns the proxy that this machine uses for an address, as http://host:port. Returns null if it uses none. */
  proxyFor(address: string): Promise<string | null>
  /** Opens an address outside the program. Core allows only http, https and mailto. */
  openExternal(url: string): Promise<Output<'openExternal'>>
  /** Shows a bulletin in a new window or tab. */
  openReader(id: string): Promise<Output<'openReader'>>
  /** Opens the folder of the library in the file manager. Only some hosts can do this. */
  openDataFolder(): Promise<Output<'openDataFolder'>>
  /** Saves a text under a path that the user chooses, if this host has dialogs. Throws the errors of a write. */
  saveText(name: string, text: string): Promise<Output<'saveText'>>
  /**
   * Asks the user for the path of a backup. `page` is the address at which a browser downloads the backup. Returns null
   * if the user cancels.
   */
  chooseBackup(name: string): Promise<{ file: string; page: string | null } | null>
}
