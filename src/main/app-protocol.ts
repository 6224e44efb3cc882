import { protocol, type Session } from 'electron'
import type { App } from '../core/app-interface'
import { isOwnAddress, scheme } from './security'

/**
 * Registers the URL scheme of the program. The scheme gets its own origin and the same trust as https. Electron
 * requires the registration before the app is ready.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers requests for addresses of the scheme with pages of the program. An unknown address gets the status 404. */
export function answerScheme(session: Session, library: Pick<App, 'page'>): void {
  session.protocol.handle(scheme, async ({ url, method }) => {
    const page = isOwnAddress(url) && method === 'GET' ? await library.page(new URL(url).pathname) : null
    return page ?? new Response('404\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  })
}
