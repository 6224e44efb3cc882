import type { Browser, Page } from '@playwright/test'

/** A running host with one page of the interface. */
export interface Host {
  kind: 'serve' | 'shim' | 'electron'
  page: Page
  /** Opens another page of the same host, which is another tab or another window. */
  openAnother(): Promise<Page>
  /** Ends the host and starts it again with the same user data. After that, `page` is the new page. */
  restart(): Promise<void>
  libraryFolder: string
  /** Presses "In" and returns the PDF that the program would print. */
  printed(): Promise<Buffer>
  /** The addresses that a page requested outside this machine and outside the program. */
  foreignRequests: string[]
  /** Ends the host and its windows. A second call does nothing. */
  close(): Promise<void>
  /** Ends only the server behind the pages. Only the host "serve" has this function. */
  stopServer?(): Promise<void>
}

/** The options with which a test starts a host. */
export interface HostSetup {
  /** The folder for the user data and the library. */
  folder: string
  /** The name of the file, below the user data, that the shim returns from a save dialog. Null cancels the dialog. */
  saveName: string | null
  /** Environment variables of the shim. */
  shimEnv: Record<string, string>
  /** The browser that all tests of a worker share. Null on hosts that bring their own. */
  browser: Browser | null
}
