import type { App } from '../../core/app-interface'
import { toGuestEvent } from '../../core/guests/guest-view'
import type { WebClient } from './client'
import type { JobOwners } from './job-owners'

/**
 * The maximum number of unread events of one client. A client with more events is disconnected, and reloads its data
 * when it connects again.
 */
const maxWaiting = 200
const heartbeatMs = 15_000
/** Maximum number of event streams of one other machine. */
const maxStreamsPerAddress = 16
/** Maximum number of event streams of all other machines together. */
const maxRemoteStreams = 120

/** The event streams of a web host. */
export interface EventStreams {
  /**
   * Opens a stream that sends the events of the program as server-sent events, until the client disconnects or the
   * server stops. Returns null if the machine of the client, or all other machines together, have too many streams.
   * Streams of this machine are never refused.
   */
  open(client: WebClient, disconnected: AbortSignal): Response | null
}

/** The dependencies of {@link createEventStreams}. */
export interface EventStreamParts {
  app: App
  /** The owners of the jobs if all clients are guests. Null if every client may see all events. */
  jobOwners: JobOwners | null
  stopping: AbortSignal
  headers: Record<string, string>
}

/** Creates the event streams of a host. At first no stream is open. */
export function createEventStreams({ app, jobOwners, stopping, headers }: EventStreamParts): EventStreams {
  /** The number of open streams for each other machine. */
  const counts = new Map<string, number>()
  const takePlace = ({ address, isLocal }: WebClient): (() => void) | null => {
    if (isLocal) return () => undefined
    const own = counts.get(address) ?? 0
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
    if (own >= maxStreamsPerAddress || all >= maxRemoteStreams) return null
    counts.set(address, own + 1)
    return () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left === 0) counts.delete(address)
      else counts.set(address, left)
    }
  }
  return {
    open(client, disconnected) {
      const leavePlace = takePlace(client)
      if (leavePlace === null) return null
      const listen = listenFor(app, client, jobOwners)
      return streamEvents(listen, { signals: [disconnected, stopping], headers, onEnd: leavePlace })
    },
  }
}

/** Passes the lines of one client's stream to `send`. Returns the function that stops the stream. */
type Listen = (send: (text: string) => void) => () => void

function listenFor(app: App, client: WebClient, jobOwners: JobOwners | null): Listen {
  let sent = 0
  return (send) =>
    app.on(({ number, event }) => {
      const shown = jobOwners === null ? event : toGuestEvent(event, (jobId) => jobOwners.owns(client, jobId))
      if (shown === null) return
      // Each sent event gets the next number, so that a guest's stream has no gaps although a guest receives only some
      // of the events. A client that sees a gap reloads all its data.
      sent += 1
      const shownNumber = jobOwners === null ? number : sent
      send(`id: ${shownNumber}\ndata: ${JSON.stringify({ number: shownNumber, event: shown })}\n\n`)
    })
}

function streamEvents(
  listen: Listen,
  { signals, headers, onEnd }: { signals: AbortSignal[]; headers: Record<string, string>; onEnd(): void },
): Response {
  const encoder = new TextEncoder()
  let end = (): void => undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => {
          if ((controller.desiredSize ?? 0) <= 0) end()
          else controller.enqueue(encoder.encode(text))
        }
        const stopListening = listen(send)
        const heartbeat = setInterval(() => send(': alive\n\n'), heartbeatMs)
        end = () => {
          end = () => undefined
          stopListening()
          clearInterval(heartbeat)
          onEnd()
          // `desiredSize` is null if the stream is already cancelled or closed.
          if (controller.desiredSize !== null) controller.close()
        }
        for (const signal of signals) {
          if (signal.aborted) end()
          signal.addEventListener('abort', () => end(), { once: true })
        }
        send('retry: 1000\n: hello\n\n')
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: maxWaiting }),
  )
  return new Response(body, { headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' } })
}
