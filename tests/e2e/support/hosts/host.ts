import type { Browser, Page } from '@playwright/test'

/** A running host with one page of the interface. */
export interface Host {
  kind: 'serve' | 'shim' | 'electron'
  page: Page
  /** Opens another page of the same host: another tab or another window. */
  openAnother(): Promise<Page>
  /** Ends the host and starts it again with the same user data. `page` is then the new page. */
  restart(): Promise<void>
  libraryFolder: string
  /** Presses "In" and returns the PDF that would be printed. */
  printed(): Promise<Buffer>
  /** Addresses outside this machine and the app that a page requested. */
  foreignRequests: string[]
  /** Ends the host with its windows. A second call does nothing. */
  close(): Promise<void>
  /** Ends only the server behind the pages. Exists on the host "serve". */
  stopServer?(): Promise<void>
}

/** The options with which a test starts a host. */
export interface HostSetup {
  /** A folder for the user data and the library. */
  folder: string
  /** The shim answers a save dialog with this path below the user data. Null cancels the dialog. */
  saveName: string | null
  /** The browser that all tests of a worker share. Null on hosts that bring their own. */
  browser: Browser | null
}
