import { app, type Session, shell, type WebContents } from 'electron'
import { withUserUmask } from '../core/file-access'
import { mayNavigate, mayOpenOutside, mayRequest } from './security'

/** Denies navigation, new windows and webviews in every window of the app. */
export function guardEverything(devAddress: string | null): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, devAddress))
}

function guardContents(contents: WebContents, devAddress: string | null): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, devAddress)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    // No frame may navigate to another address. The frame of the article is not affected, because the interface loads
    // it by setting its address.
    if (!mayRequest(event.url, devAddress)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

const guarded = new WeakSet<Session>()

/**
 * Makes a session deny requests to foreign addresses, downloads, and all permissions except copying to the clipboard.
 * Does nothing if the session is already guarded.
 */
export function guardSession(session: Session, devAddress: string | null): void {
  if (guarded.has(session)) return
  guarded.add(session)
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayRequest(url, devAddress) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** Opens an http, https or mailto address in the user's default program. No other code of the app opens addresses. */
export async function openOutside(address: string): Promise<void> {
  if (mayOpenOutside(address)) await withUserUmask(() => shell.openExternal(address))
}
