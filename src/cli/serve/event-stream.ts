import type { App } from '../../core/app-interface'

/** A client with this many unread events is disconnected. The client reloads its data when it connects again. */
const maxWaiting = 200
const heartbeatMs = 15_000

/** Streams the events of the program as server-sent events until the client disconnects or the server stops. */
export function eventStream(
  app: App,
  client: AbortSignal,
  { stopping, headers }: { stopping: AbortSignal; headers: Record<string, string> },
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
        const stopListening = app.on((numbered) =>
          send(`id: ${numbered.number}\ndata: ${JSON.stringify(numbered)}\n\n`),
        )
        const heartbeat = setInterval(() => send(': alive\n\n'), heartbeatMs)
        end = () => {
          end = () => undefined
          stopListening()
          clearInterval(heartbeat)
          // `desiredSize` is null if the stream is already cancelled or closed.
          if (controller.desiredSize !== null) controller.close()
        }
        for (const signal of [client, stopping]) signal.addEventListener('abort', () => end(), { once: true })
        send('retry: 1000\n: hello\n\n')
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: maxWaiting }),
  )
  return new Response(body, {
    headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' },
  })
}
