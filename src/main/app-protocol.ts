import { protocol, type Session } from 'electron'
import type { App } from '../core/app-interface'
import { isOwnAddress, scheme } from './security'

/** Must be said before the app is ready: the scheme has an origin of its own and is trusted like https. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers the scheme's addresses in a session with the program's pages; anything else is 404. */
export function answerScheme(session: Session, library: Pick<App, 'page'>): void {
  session.protocol.handle(scheme, async ({ url, method }) => {
    const page = isOwnAddress(url) && method === 'GET' ? await library.page(new URL(url).pathname) : null
    return page ?? new Response('404\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  })
}
