import { request as httpRequest } from 'node:http'
import { basename } from 'node:path'
import type { CallResult, ImportResult, Job, NumberedEvent } from '../../shared/contract/api'
import { AppError, type ErrorShape, toErrorShape } from '../../shared/errors'
import type { App } from '../app'
import { createHostDispatch } from '../host-handlers'
import type { ImportItem } from '../import/import-files'
import { getJobFiles, getPrintedFile, type Run } from '../jobs'
import { saveBackup } from '../library/backup/save-backup'
import type { Ports } from '../ports'
import { ServerUnreachableError } from './server-unreachable-error'
import type { LocalSocket } from './socket'

/** Longest time the holder may take for one answer, in ms; long work is a job and answers at once. */
const answerTimeoutMs = 120_000
const pollMs = 100

/**
 * The program as another process of this machine runs it, behind the same face. What belongs to this host (its
 * windows, its printing) stays here. Every function throws {@link ServerUnreachableError} when the holder can't be reached.
 */
export function connectToServer(socket: LocalSocket, ports: Ports): App {
  const ended = new AbortController()
  const send = (path: string, body?: Uint8Array | string): Promise<Reply> => ask(socket, path, ended.signal, body)
  const call = async (method: unknown, input: unknown): Promise<CallResult<unknown>> => {
    if (method === 'openAttachment') {
      const { openAttachmentHere: handOverHere } = await import('./open-attachment')
      return handOverHere(ports, { call, page }, input)
    }
    const own =
      (await callOwn(method, input)) ??
      (await callHere(ports, method, input, async (jobId) => (await valueOf('getJob', { jobId })) as unknown as Job))
    if (own !== null) return own
    if (method === 'upload' && isUpload(input))
      return answerOf(await send(`/upload?name=${encodeURIComponent(input.name)}`, input.bytes))
    const answer = answerOf(await send('/call', JSON.stringify({ method, input })))
    // The library is the holder's; the windows are this host's.
    return method === 'getHost' && answer.ok ? { ok: true, value: { ...Object(answer.value), ...ports.host } } : answer
  }
  const page = async (path: string): Promise<Response | null> => {
    const { status, headers, body } = await send(`/page?path=${encodeURIComponent(path)}`)
    if (status === 404) return null
    const given: unknown = JSON.parse(String(headers['x-headers'] ?? '[]'))
    // Written by the holder from a Headers object: pairs of strings.
    return new Response(new Uint8Array(body), {
      status: Number(headers['x-status'] ?? 200),
      headers: given as [string, string][],
    })
  }
  /** Begins work with a file of this machine at the holder; the job's id. */
  const startWith = async (path: string, given: object): Promise<string> => {
    const { body } = await send(path, JSON.stringify(given))
    const answer: unknown = JSON.parse(body.toString('utf8'))
    if (typeof answer === 'object' && answer !== null && 'jobId' in answer) return String(answer.jobId)
    throw appErrorOf(answer)
  }
  const startBackup = (file: string): Promise<string> => startWith('/backup', { file })
  const callOwn = createHostDispatch(ports, {
    count: async () => Number((await valueOf('countBulletins', {}))['all']),
    readOnly: async () => (await valueOf('getHost', {}))['readOnly'] === true,
    startBackup,
  })
  const valueOf = async (method: string, input: unknown): Promise<Record<string, unknown>> => {
    const answer = await call(method, input)
    if (!answer.ok) throw new AppError(answer.error.code, answer.error.message, answer.error.details)
    // Every method used below answers an object (the contract).
    return answer.value as Record<string, unknown>
  }
  /** Follows a job of the holder until it ends. */
  const follow = async (jobId: string, { signal, onProgress }: Run): Promise<Job> => {
    for (;;) {
      const job = (await valueOf('getJob', { jobId })) as Job
      onProgress(job.done, job.total, job.current ?? '')
      if (job.state !== 'running') return job
      if (signal.aborted) await valueOf('cancelJob', { jobId })
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }

  return {
    call: (method, input) => call(method, input),
    on(listener) {
      const stop = new AbortController()
      void listen(socket, AbortSignal.any([stop.signal, ended.signal]), listener)
      return () => stop.abort()
    },
    page,
    async editionOf(ids, options) {
      const { status, body } = await send('/edition', JSON.stringify({ ids, options }))
      const answer: unknown = JSON.parse(body.toString('utf8'))
      if (status === 200 && typeof answer === 'object' && answer !== null && 'html' in answer)
        return String(answer.html)
      throw appErrorOf(answer)
    },
    async importFiles(items, run) {
      const { handles, failed } = await uploadAll(items, valueOf, run.signal)
      if (handles.length === 0) return { added: [], revised: [], unchanged: [], failed }
      const { jobId } = await valueOf('startImport', { handles, encoding: run.encoding ?? 'auto' })
      const job = await follow(String(jobId), run)
      if (job.kind !== 'import' || job.result === null) throw appErrorOf({ error: job.error })
      return { ...job.result, failed: [...job.result.failed, ...failed] }
    },
    // Reading needs no lock: this process does it as well.
    backup: (file, run) =>
      saveBackup(ports.paths.library, file, { ...run, program: ports.program, now: ports.clock() }),
    startBackup,
    startRestoreBackup: (file, withDeleted) => startWith('/restore-backup', { file, withDeleted }),
    async verify(onlyIds, run) {
      const { jobId } = await valueOf('startVerify', { ids: onlyIds })
      const job = await follow(String(jobId), run)
      if (job.kind !== 'verify' || job.result === null) throw appErrorOf({ error: job.error })
      return job.result
    },
    close() {
      ended.abort()
      return Promise.resolve()
    },
  }
}

/** What only this host can do, answered here; null for everything else. What was printed is asked of the holder. */
async function callHere(
  ports: Ports,
  method: unknown,
  input: unknown,
  jobOf: (jobId: string) => Promise<Job>,
): Promise<CallResult<unknown> | null> {
  if (method !== 'printFile' && method !== 'saveFiles' && method !== 'openExternal') return null
  const { methods } = await import('../../shared/contract/api')
  const { isExternalAddress } = await import('../handlers')
  const answers = {
    async printFile() {
      const { jobId, file, copies } = methods.printFile.input.parse(input)
      return ports.printFile(getPrintedFile(await jobOf(jobId), file), copies)
    },
    async saveFiles() {
      return ports.saveFiles(getJobFiles(await jobOf(methods.saveFiles.input.parse(input).jobId)))
    },
    openExternal() {
      const { url } = methods.openExternal.input.parse(input)
      if (!isExternalAddress(url)) throw new AppError('forbidden', 'open external: only http, https, mailto')
      return ports.openExternal(url)
    },
  }
  if (!methods[method].input.safeParse(input).success)
    return { ok: false, error: toErrorShape(new AppError('invalid-input', `call ${method}`)) }
  try {
    return { ok: true, value: await answers[method]() }
  } catch (thrown) {
    if (thrown instanceof ServerUnreachableError) throw thrown
    return { ok: false, error: toErrorShape(thrown) }
  }
}

/** Hands each file over; those that can't be read are in `failed`. */
async function uploadAll(
  items: readonly ImportItem[],
  valueOf: (method: string, input: unknown) => Promise<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<{ handles: string[]; failed: ImportResult['failed'] }> {
  const handles: string[] = []
  const failed: ImportResult['failed'] = []
  const handed = new Set<string>()
  for (const item of items) {
    try {
      if (signal.aborted) throw new AppError('cancelled', 'import: cancelled')
      const { handle } = await valueOf('upload', { name: item.path, bytes: await item.read() })
      handles.push(String(handle))
      // Named as the page is, so that the holder finds them beside it.
      const folder = item.path.slice(0, item.path.length - basename(item.path).length)
      for (const part of item.parts ?? []) {
        const name = `${folder}${part.reference}`
        // A part that can't be read is missing there as it would be here.
        const bytes = handed.has(name) ? null : await part.read().catch(() => null)
        handed.add(name)
        if (bytes !== null) handles.push(String((await valueOf('upload', { name, bytes }))['handle']))
      }
    } catch (thrown) {
      if (thrown instanceof ServerUnreachableError) throw thrown
      const { code, message, details } = toErrorShape(thrown)
      failed.push({ path: item.path, code, message, details: { ...details, name: basename(item.path) } })
    }
  }
  return { handles, failed }
}

interface Reply {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: Buffer
}

/** One request and its whole answer. Throws {@link ServerUnreachableError}. */
function ask(socket: LocalSocket, path: string, signal: AbortSignal, body?: Uint8Array | string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const gone = (cause: unknown): void =>
      reject(new ServerUnreachableError(`holder: ${path.split('?')[0] ?? ''}`, { cause }))
    const request = httpRequest(
      {
        socketPath: socket.path,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${socket.token}`, connection: 'close' },
        agent: false,
        timeout: answerTimeoutMs,
        signal,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', gone)
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        )
      },
    )
    request.on('error', gone)
    request.once('timeout', () => request.destroy(new Error('no answer')))
    request.end(body)
  })
}

/** Hears the holder's events until told to stop; ends quietly when the holder does: the next call will say so. */
function listen(socket: LocalSocket, signal: AbortSignal, listener: (event: NumberedEvent) => void): Promise<void> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${socket.token}` }
    const request = httpRequest({ socketPath: socket.path, path: '/events', headers, agent: false, signal })
    request.on('error', () => resolve())
    request.once('response', (response) => {
      response.on('error', () => resolve())
      response.once('close', () => resolve())
      let rest = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        const lines = `${rest}${part}`.split('\n')
        rest = lines.pop() ?? ''
        // Written by this program's own holder, one event a line.
        for (const line of lines) if (line !== '') listener(JSON.parse(line) as NumberedEvent)
      })
    })
    request.end()
  })
}

function answerOf({ body }: Reply): CallResult<unknown> {
  // Written by the holder's dispatch; this program's own shape.
  return JSON.parse(body.toString('utf8')) as CallResult<unknown>
}

function appErrorOf(answer: unknown): AppError {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null
  if (typeof error !== 'object' || error === null || !('code' in error))
    return new AppError('internal', 'holder: no answer of ours')
  const { code, message, details } = error as ErrorShape
  return new AppError(code, message, details)
}

function isUpload(input: unknown): input is { name: string; bytes: Uint8Array } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'name' in input &&
    typeof input.name === 'string' &&
    'bytes' in input &&
    input.bytes instanceof Uint8Array
  )
}
