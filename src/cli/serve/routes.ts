import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { App } from '../../core/app-interface'
import { maxImportBytes, tooLargeDetails } from '../../core/import/uploads'
import type { CallResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { contentPolicies } from '../../core/content-security'
import type { BackupDownloads } from './backup-downloads'
import { callHost, type WebCall } from './call-host'
import { clientOf, sessionCookieName, type WebClient } from './client'
import { createEventStreams } from './event-stream'
import { createFairTurns } from './fair-turns'
import { createJobOwners } from './job-owners'
import type { LoginCodes } from './login-codes'
import { cookieOf, type Guard, isSameToken, type Problem, findRequestProblem } from './request-guard'

/** The maximum size of the JSON in one call, in bytes. */
const maxCallBytes = 1024 * 1024
/**
 * Maximum number of slow calls that run at the same time. It equals the number of threads that search. Further calls
 * would only wait inside the library, where clients cannot take turns.
 */
const maxSlowCalls = 2
/**
 * HTTP headers of every answer that is not a page. With these headers, the answer cannot load or run anything, and no
 * other site can read the answer.
 */
const plainHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': contentPolicies.answer,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/**
 * All routes of the web host. `guests` tells whether a host for guests (`serve --read-only`) answers the route. The
 * host answers no other route. The compiler requires a handler for each route in this table.
 */
export const webRoutes = {
  /**
   * Calls of the methods of the contract. `src/shared/contract/method-routes.ts` lists the methods that guests may
   * call.
   */
  'POST /api/call': { guests: true },
  'POST /api/upload': { guests: false },
  'GET /api/events': { guests: true },
  'GET /backup/:name': { guests: false },
  /** The interface, media, printable pages and generated files. A host for guests shows none that is private. */
  'GET *': { guests: true },
} as const satisfies Record<string, { guests: boolean }>

type WebRoute = keyof typeof webRoutes

/** The request of a browser, with the connection that it came over. */
type WebContext = Context<{ Bindings: HttpBindings }>

/** The dependencies of {@link createRoutes}. */
export interface RouteParts {
  guardOf(): Guard
  stopping: AbortSignal
  backups: BackupDownloads
  codes: Pick<LoginCodes, 'take'>
  /** Whether every client of this host is a guest. */
  isForGuests: boolean
}

/** Creates the routes of the web host, which answer web-standard requests. */
export function createRoutes(
  app: App,
  { guardOf, stopping, backups, codes, isForGuests }: RouteParts,
): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>()
  const jobOwners = isForGuests ? createJobOwners(app) : null
  const turns = createFairTurns({ maxRunning: maxSlowCalls })
  const streams = createEventStreams({ app, jobOwners, stopping, headers: plainHeaders })
  const client = ({ env }: WebContext): WebClient => clientOf(env.incoming, guardOf().cookieName)

  routes.use(async ({ req }, next) => {
    const guard = guardOf()
    const problem = findRequestProblem(req.raw, guard)
    const given = req.path === '/' && req.method === 'GET' ? req.query('token') : undefined
    // The redirect removes the token from the address bar. It happens even if the browser is already logged in.
    if (given !== undefined && problem === null) return redirectHome()
    if (given !== undefined && problem === 'no-token' && isSameToken(given, guard.token))
      return redirectHome(createCookies(guard, req.header('cookie')))
    const code = req.path === '/' && req.method === 'GET' ? req.query('code') : undefined
    if (code !== undefined && (problem === null || problem === 'no-token') && codes.take(code))
      return loginPage(createCookies(guard, req.header('cookie')))
    if (problem !== null) return refusal(problem, req.path)
    return next()
  })

  const handlers: Record<WebRoute, (context: WebContext) => Promise<Response> | Response> = {
    async 'POST /api/call'(context) {
      const { req } = context
      if (req.header('content-type')?.split(';')[0]?.trim() !== 'application/json')
        return failure(new AppError('invalid-input', 'call: not JSON'), 415)
      const body = await readBounded(req.raw, maxCallBytes)
      if (body === null) return failure(new AppError('invalid-input', 'call: too large'), 413)
      const call = parseCall(body)
      return answer(await callHost({ app, turns, jobOwners }, client(context), call, req.raw.signal), 200)
    },
    async 'POST /api/upload'({ req }) {
      const name = req.query('name') ?? ''
      const bytes = await readBounded(req.raw, maxImportBytes)
      if (bytes === null) return failure(new AppError('too-large', 'upload: too large', tooLargeDetails(name)), 413)
      return answer(await app.call('upload', { name, bytes }), 200)
    },
    'GET /api/events'(context) {
      const stream = streams.open(client(context), context.req.raw.signal)
      return stream ?? failure(new AppError('host-busy', 'events: too many streams'), 429)
    },
    'GET /backup/:name': ({ req }) => backupResponse(backups, req.path.slice('/backup/'.length)),
    async 'GET *'({ req }) {
      const response = (await app.page(req.path)) ?? plain('404', 404)
      // A browser that logged in to an earlier version of the host has no session cookie, so it gets one now.
      if (req.path === '/')
        for (const cookie of createCookies(guardOf(), req.header('cookie')))
          response.headers.append('set-cookie', cookie)
      return response
    },
  }
  for (const [route, { guests }] of Object.entries(webRoutes)) {
    const [method = '', path = ''] = route.split(' ')
    // The cast is safe, because the table has a handler for each of its keys.
    const handle = handlers[route as WebRoute]
    const refuse = (): Response => failure(new AppError('forbidden', 'forbidden'), 403)
    routes.on(method, path, (context) => (isForGuests && !guests ? refuse() : handle(context)))
  }
  routes.all('*', () => plain('405', 405))
  routes.onError((thrown) => failure(isForGuests ? new AppError('internal', 'internal') : thrown, 500))
  return routes
}

async function backupResponse(backups: BackupDownloads, page: string): Promise<Response> {
  const taken = await backups.take(page)
  if (taken === null) return plain('404', 404)
  const headers = {
    'content-type': 'application/gzip',
    'content-length': String(taken.bytes),
    'content-disposition': `attachment; filename="${taken.name}"`,
  }
  return new Response(taken.body, { headers: { ...plainHeaders, ...headers } })
}

/** Returns the cookies with the token and the session, without those that the browser has already sent. */
function createCookies({ cookieName, token }: Guard, sent: string | undefined): string[] {
  const session = sessionCookieName(cookieName)
  return [
    ...(cookieOf(sent, cookieName) === token ? [] : [`${cookieName}=${token}`]),
    ...(cookieOf(sent, session) === null ? [`${session}=${randomBytes(16).toString('base64url')}`] : []),
  ].map((cookie) => `${cookie}; HttpOnly; SameSite=Strict; Path=/`)
}

function redirectHome(cookies: readonly string[] = []): Response {
  const response = new Response(null, { status: 303, headers: { ...plainHeaders, location: '/' } })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/**
 * Returns a page that sets the cookies and leads to the start page. A redirect would not work, because the browser
 * comes from a local file. The browser treats a redirected request like one from another site, and sends no cookie with
 * SameSite=Strict.
 */
function loginPage(cookies: readonly string[]): Response {
  const page = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Bản Tin</title>\n'
  const response = new Response(page, { headers: { ...plainHeaders, 'content-type': 'text/html; charset=utf-8' } })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

function refusal(problem: Problem, path: string): Response {
  const status = problem === 'no-token' ? 401 : 403
  if (path.startsWith('/api/')) return failure(new AppError('forbidden', `request: ${problem}`), status)
  const sentence =
    problem === 'no-token'
      ? 'Hãy mở đúng địa chỉ mà lệnh «bantin serve» đã in ra.\nOpen the address that “bantin serve” printed.'
      : 'Yêu cầu này không được phép.\nThis request is not allowed.'
  return plain(sentence, status)
}

function plain(text: string, status: number): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...plainHeaders, 'content-type': 'text/plain; charset=utf-8' },
  })
}

function failure(thrown: unknown, status: number): Response {
  return answer({ ok: false, error: toErrorShape(thrown) }, status)
}

function answer(body: CallResult<unknown>, status: number): Response {
  return Response.json(body, { status, headers: plainHeaders })
}

/** Reads the body of a request. Returns null as soon as the body has more than `maxBytes` bytes. */
async function readBounded(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null
  if (request.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body) {
    length += part.byteLength
    if (length > maxBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Reads the method and the input of a call from a body. The dispatcher checks both later. */
function parseCall(body: Uint8Array): WebCall {
  try {
    const call: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof call === 'object' && call !== null && 'method' in call)
      return { method: call.method, input: 'input' in call ? call.input : undefined }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
  }
  return { method: undefined, input: undefined } // the dispatcher refuses a call without a method as an unknown method
}
