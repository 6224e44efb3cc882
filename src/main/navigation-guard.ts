import { app, type Session, shell, type WebContents } from 'electron'
import { mayNavigate, mayOpenOutside, mayRequest } from './security'

/** Closes every way out of the app's pages: navigation, new windows, webviews, permissions, downloads, requests. */
export function guardEverything(devAddress: string | null): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, devAddress))
}

function guardContents(contents: WebContents, devAddress: string | null): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, devAddress)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    // Sub-frames show the article's shell, which the page itself names; nothing ever sends them elsewhere.
    if (!mayRequest(event.url, devAddress)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** No permission is ever given, no foreign request ever leaves, nothing is downloaded by itself. */
export function guardSession(session: Session, devAddress: string | null): void {
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayRequest(url, devAddress) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** The one way an address leaves the app: http, https and mailto, to the system's own program. */
export async function openOutside(address: string): Promise<void> {
  if (mayOpenOutside(address)) await shell.openExternal(address)
}
