import type { Output } from '../shared/contract/api'

/**
 * A JSON document that the host's store writes. The store of the desktop program is electron-store. The store of the
 * command line is conf, the base class of electron-store. Setting the property `store` writes the whole document to
 * `path` as JSON with tabs. Both hosts write the same bytes.
 */
export interface DocumentStore {
  readonly path: string
  store: Record<string, unknown>
}

/** The location of a document. The path of the document is `<cwd>/<name>.json`. */
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
  /**
   * The path of the HTML page from which this PDF was printed. Null if pages were selected or placed on sheets
   * afterwards.
   */
  edition: string | null
  /** The size of the paper in mm, and how the printer turns it for printing on both sides. */
  sheet: { widthMm: number; heightMm: number; duplex: 'simplex' | 'longEdge' | 'shortEdge' }
}

/** The log of a run. The messages are in English, and the interface never shows them. */
export interface Log {
  info(message: string): void
  warn(message: string, cause?: unknown): void
}

/** The absolute paths that the program uses on this machine. */
export interface Paths {
  /** The folder of the library. This folder need not exist yet. */
  library: string
  /** The config folder of the user, which contains settings.json. */
  config: string
  /**
   * The cache folder of the user. The folder contains the index of a library whose own folder cannot contain an index.
   */
  cache: string
  /** The folder of the bundled resources (sample bulletin, portals). */
  resources: string
  /** The folder of the built interface (index.html, article.html, assets). */
  interface: string
}

/** The fields of the result of `getHost` that only the host knows. */
export type HostFacts = Pick<Output<'getHost'>, 'kind' | 'version' | 'platform' | 'canMakePdf'>

/** An attached file that the user opens or saves. */
export interface AttachmentFile {
  id: string
  /** The name of the file in the folder `files/` of the bulletin. */
  file: string
  name: string
  read(): Promise<Uint8Array>
}

/**
 * Prints editions (printable HTML pages of bulletins) to PDF, one after another. Each PDF has tags and an outline. The
 * CSS of the edition sets the page size. The engine loads only pages of the program.
 */
export interface PrintEngine {
  /** Prints an edition. Throws `print-failed` and `cancelled`. */
  print(html: string, policy: string, signal: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** Installs new versions of the program. Only an installed program that can replace itself has one. */
export interface UpdateInstaller {
  /**
   * Downloads the files of a new version. The version is installed when the program ends. Refuses a file whose checksum
   * is not in `files`, because only these checksums are signed. Throws `update-not-trusted` and `update-failed`.
   */
  install(update: { version: string; files: readonly { name: string; sha512: string }[] }): Promise<void>
}

/**
 * The functions that a host (the desktop program or the command line) provides for {@link ./app.createApp}. The core
 * cannot do this work without a host.
 */
export interface Ports {
  openStore(place: DocumentPlace): DocumentStore
  /** Returns the current time. */
  clock(): Date
  log: Log
  paths: Paths
  host: HostFacts
  /** The short name of the program in the lock file ("bantin import", "Bản Tin"). */
  program: string
  /**
   * Starts the print engine. `page` returns each page and file that an edition loads. Throws `no-chromium` and
   * `print-failed`.
   */
  openPrintEngine(page: (path: string) => Promise<Response | null>): Promise<PrintEngine>
  /** Prints a file. The host shows a dialog of the system, or returns a page that prints the file. */
  printFile(file: PrintedFile, copies: number): Promise<Output<'printFile'>>
  /** Saves the files of a job. The host shows a dialog, or returns pages from which the browser downloads the files. */
  saveFiles(files: readonly GeneratedFile[]): Promise<Output<'saveFiles'>>
  /** Lets the user open or save an attached file. The `name` of the file must be a safe file name. */
  openAttachment(file: AttachmentFile): Promise<Output<'openAttachment'>>
  /**
   * Returns the proxy that this machine uses for an address, as http://host:port or
   * socks5h://host:port. Returns null if this machine uses no proxy for the address.
   */
  proxyFor(address: string): Promise<string | null>
  /** Opens an address outside the program. The core passes only http, https and mailto addresses to this function. */
  openExternal(url: string): Promise<Output<'openExternal'>>
  /** Shows a bulletin in a new window or tab. */
  openReader(id: string): Promise<Output<'openReader'>>
  /** Opens the folder of the library in the file manager. Only some hosts can open folders. */
  openDataFolder(): Promise<Output<'openDataFolder'>>
  /** Saves a text under a path that the user chooses, if this host has dialogs. Throws the same errors as a write. */
  saveText(name: string, text: string): Promise<Output<'saveText'>>
  /**
   * Asks the user for the path of a backup. `page` is the address at which a browser downloads the backup. Returns null
   * if the user cancels.
   */
  chooseBackup(name: string): Promise<{ file: string; page: string | null } | null>
  /** Absent if the user installs new versions without the program. */
  updateInstaller?: UpdateInstaller
}
