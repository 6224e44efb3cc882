import type { CallResult, Client, Input, Method, NumberedEvent, Output } from '../../shared/contract/api'
import type { ErrorShape } from '../../shared/errors'
import { createEventStream, type EventStream } from './lib/event-stream'

declare global {
  interface Window {
    /** The client of the desktop's preload. The property is absent in a browser. */
    bantin?: Client
  }
}

/** A call that the host refused or that failed. `shape.code` becomes the sentence that the user sees. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly shape: ErrorShape

  constructor(shape: ErrorShape) {
    super(shape.message)
    this.shape = shape
  }
}

const client: Pick<Client, 'call'> = window.bantin ?? { call: callOverHttp }

/** Calls a method of the host. Rejects with a {@link CallError}. */
export async function callHost<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const answer = await client.call(method, input)
  if (answer.ok) return answer.value
  throw new CallError(answer.error)
}

/** Converts any thrown value to an error shape. */
export function getErrorShape(thrown: unknown): ErrorShape {
  return thrown instanceof CallError ? thrown.shape : { code: 'internal', message: String(thrown), details: {} }
}

/** The events of the host. */
export const events: EventStream = createEventStream(
  window.bantin === undefined
    ? {
        kind: 'web',
        locks: navigator.locks,
        openChannel: () => new BroadcastChannel('bantin-events'),
        openSource: () => new EventSource('/api/events'),
      }
    : { kind: 'desktop', listen: (listener: (event: NumberedEvent) => void) => window.bantin?.on(listener) },
)

async function callOverHttp<M extends Method>(method: M, input: Input<M>): Promise<CallResult<Output<M>>> {
  try {
    const response = await (method === 'upload' ? uploadRequest(input as Input<'upload'>) : callRequest(method, input))
    // A restarted host accepts this page only after the user has opened the host's new address.
    if (response.status === 401) throw new Error('not authorized')
    // The cast is safe, because the host returns the output of the method that was called.
    return (await response.json()) as CallResult<Output<M>>
  } catch (thrown) {
    return { ok: false, error: { code: 'host-gone', message: `call ${method}: ${String(thrown)}`, details: {} } }
  }
}

/**
 * The random name of this page, which is sent with each call. By this name, the host can drop a waiting search when the
 * same page asks for another.
 */
const pageName = crypto.getRandomValues(new Uint32Array(2)).join('-')

function callRequest(method: Method, input: unknown): Promise<Response> {
  return fetch('/api/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-bantin-page': pageName },
    body: JSON.stringify({ method, input }),
  })
}

function uploadRequest({ name, bytes }: Input<'upload'>): Promise<Response> {
  return fetch(`/api/upload?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })
}
