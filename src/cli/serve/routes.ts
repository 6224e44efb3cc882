import { Hono } from 'hono'
import type { App } from '../../core/app-interface'
import { maxImportBytes, tooLargeDetails } from '../../core/import/uploads'
import type { CallResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { contentPolicies } from '../../core/content-security'
import type { BackupDownloads } from './backup-downloads'
import { eventStream } from './event-stream'
import type { LoginCodes } from './login-codes'
import { type Guard, isSameToken, type Problem, findRequestProblem } from './request-guard'

/** The maximum size of a JSON call, in bytes. */
const maxCallBytes = 1024 * 1024
/**
 * Headers of every answer that is not a page. With them, the answer cannot load or run anything, and no other site can
 * read the answer.
 */
const plainHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': contentPolicies.answer,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The dependencies of {@link createRoutes}. */
export interface RouteParts {
  guardOf(): Guard
  stopping: AbortSignal
  backups: BackupDownloads
  codes: Pick<LoginCodes, 'take'>
}

/** The routes of the web host, as web-standard requests and responses. */
export function createRoutes(app: App, { guardOf, stopping, backups, codes }: RouteParts): Hono {
  const routes = new Hono()

  routes.use(async ({ req }, next) => {
    const guard = guardOf()
    const problem = findRequestProblem(req.raw, guard)
    const given = req.path === '/' && req.method === 'GET' ? req.query('token') : undefined
    // The redirect removes the token from the address bar, also for a browser that is already logged in.
    if (given !== undefined && problem === null) return redirectHome()
    if (given !== undefined && problem === 'no-token' && isSameToken(given, guard.token))
      return redirectHome(cookieHeader(guard))
    const code = req.path === '/' && req.method === 'GET' ? req.query('code') : undefined
    if (code !== undefined && (problem === null || problem === 'no-token') && codes.take(code))
      return loginPage(cookieHeader(guard))
    if (problem !== null) return refusal(problem, req.path)
    return next()
  })

  routes.post('/api/call', async ({ req }) => {
    if (req.header('content-type')?.split(';')[0]?.trim() !== 'application/json')
      return failure(new AppError('invalid-input', 'call: not JSON'), 415)
    const body = await readBounded(req.raw, maxCallBytes)
    if (body === null) return failure(new AppError('invalid-input', 'call: too large'), 413)
    const { method, input } = parseCall(body)
    return answer(await app.call(method, input), 200)
  })

  routes.post('/api/upload', async ({ req }) => {
    const name = req.query('name') ?? ''
    const bytes = await readBounded(req.raw, maxImportBytes)
    if (bytes === null) return failure(new AppError('too-large', 'upload: too large', tooLargeDetails(name)), 413)
    return answer(await app.call('upload', { name, bytes }), 200)
  })

  routes.get('/api/events', ({ req }) => eventStream(app, req.raw.signal, { stopping, headers: plainHeaders }))

  routes.get('/backup/:name', async ({ req }) => {
    const taken = await backups.take(req.param('name'))
    if (taken === null) return plain('404', 404)
    const headers = {
      'content-type': 'application/gzip',
      'content-length': String(taken.bytes),
      'content-disposition': `attachment; filename="${taken.name}"`,
    }
    return new Response(taken.body, { headers: { ...plainHeaders, ...headers } })
  })

  routes.get('*', async ({ req }) => (await app.page(req.path)) ?? plain('404', 404))
  routes.all('*', () => plain('405', 405))
  routes.onError((thrown) => failure(thrown, 500))
  return routes
}

function redirectHome(cookie?: string): Response {
  return new Response(null, {
    status: 303,
    headers: { ...plainHeaders, location: '/', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) },
  })
}

function cookieHeader({ cookieName, token }: Guard): string {
  return `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`
}

/**
 * Sets the cookie and leads to the start page. A redirect would not work, because the browser comes from a local file.
 * It counts a redirected request as one of another site, and does not send a cookie with SameSite=Strict.
 */
function loginPage(cookie: string): Response {
  return new Response('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Bản Tin</title>\n', {
    headers: { ...plainHeaders, 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie },
  })
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

/** The bytes of the body. Returns null as soon as the body has more than `maxBytes` bytes. */
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

/** The unchecked method and input of a call. The dispatcher checks both. */
function parseCall(body: Uint8Array): { method: unknown; input: unknown } {
  try {
    const call: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof call === 'object' && call !== null && 'method' in call)
      return { method: call.method, input: 'input' in call ? call.input : undefined }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
  }
  return { method: undefined, input: undefined } // the dispatcher refuses the call as an unknown method
}
