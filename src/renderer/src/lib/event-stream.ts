import type { AppEvent, NumberedEvent } from '../../../shared/contract/api'

/**
 * The origin of the events. On the desktop the preload sends the events. In a browser a stream that all tabs share
 * sends the events.
 */
export type EventTransport =
  | { kind: 'desktop'; listen(listener: (event: NumberedEvent) => void): void }
  | {
      kind: 'web'
      /**
       * The lock manager of the page. An insecure page, which came over plain HTTP from another machine, has no lock
       * manager. Each tab then opens a separate stream.
       */
      locks: Pick<LockManager, 'request' | 'query'> | undefined
      openChannel(): Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
      openSource(): Pick<EventSource, 'addEventListener' | 'readyState'>
    }

/** The value of `EventSource.CLOSED`. The stream was refused, and the browser does not try again. */
const closed = 2
const reconnectMs = 3000
/** Maximum time, in ms, for which the page waits for the stream before the page loads its data. */
const maxWaitMs = 300
/** The Web Lock that the tab with the stream holds. */
const lockName = 'bantin-events'

/** The events that the stores listen to. */
export interface EventStream {
  on(listener: (event: AppEvent) => void): void
  /**
   * Resolves when this tab receives events, or after a short wait. If the stream opens after the wait, `onGap`
   * listeners are called.
   */
  ready: Promise<undefined>
  /**
   * Adds a listener for a gap. The listener is called when events may have been lost, so that everything must be loaded
   * again.
   */
  onGap(listener: () => void): void
  /**
   * Adds a listener that is called when the connection to the host is lost or restored. On the desktop the listener is
   * never called.
   */
  onConnection(listener: (isConnected: boolean) => void): void
}

/** A message from the tab with the stream to the other tabs. */
type TabMessage =
  { kind: 'event'; event: NumberedEvent } | { kind: 'connection'; isConnected: boolean } | { kind: 'gap' }

/**
 * Creates the event stream. A browser opens one stream for all tabs, because browsers open at most six connections to a
 * host and six streams would block all calls. A Web Lock elects the tab that holds the stream, and a BroadcastChannel
 * forwards the events to the other tabs. When that tab closes, another tab gets the lock. Events may have been lost if
 * their numbers have a gap, if another tab has opened a new stream, or if the stream was reconnected. A refused stream
 * is opened again later. A restarted host accepts this browser only after the user has opened the host's new address in
 * a tab.
 */
export function createEventStream(origin: EventTransport): EventStream {
  const listeners: ((event: AppEvent) => void)[] = []
  const gapListeners: (() => void)[] = []
  const connectionListeners: ((isConnected: boolean) => void)[] = []
  let last: number | null = null
  const { promise: ready, resolve } = Promise.withResolvers<undefined>()
  let isReady = false
  const setReady = (): void => {
    isReady = true
    resolve(undefined)
  }

  const gap = (): void => {
    for (const listener of gapListeners) listener()
  }
  const receive = ({ number, event }: NumberedEvent): void => {
    if (number !== 0) {
      const isNext = last === null || number === last + 1
      last = number
      if (!isNext) gap()
    }
    for (const listener of listeners) listener(event)
  }
  const receiveMessage = (message: TabMessage): void => {
    if (message.kind === 'event') receive(message.event)
    else if (message.kind === 'gap') gap()
    else for (const listener of connectionListeners) listener(message.isConnected)
  }

  if (origin.kind === 'desktop') {
    origin.listen(receive)
    setReady()
  } else {
    setTimeout(setReady, maxWaitMs)
    const channel = origin.openChannel()
    channel.addEventListener('message', ({ data }) => receiveMessage(data as TabMessage))
    const send = (message: TabMessage): void => {
      receiveMessage(message)
      channel.postMessage(message)
    }
    const listen = (): void => {
      const source = origin.openSource()
      source.addEventListener('open', () => {
        last = null
        send({ kind: 'connection', isConnected: true })
        // The events between the previous stream and this stream are lost for all tabs.
        channel.postMessage({ kind: 'gap' } satisfies TabMessage)
        if (isReady) gap()
        setReady()
      })
      source.addEventListener('error', () => {
        send({ kind: 'connection', isConnected: false })
        if (source.readyState === closed) setTimeout(listen, reconnectMs)
      })
      // The cast is safe, because the host sends only events on its stream.
      source.addEventListener('message', ({ data }) =>
        send({ kind: 'event', event: JSON.parse(String(data)) as NumberedEvent }),
      )
    }
    const hold = (): Promise<never> => {
      listen()
      return new Promise(() => undefined) // the promise keeps the lock until the tab closes
    }
    const { locks } = origin
    const join = async (): Promise<void> => {
      const { held } = (await locks?.query()) ?? {}
      // Another tab holds the stream and forwards the events.
      if (held?.some(({ name }) => name === lockName) === true) setReady()
      await (locks === undefined ? hold() : locks.request(lockName, hold))
    }
    void join()
  }

  return {
    ready,
    on: (listener) => void listeners.push(listener),
    onGap: (listener) => void gapListeners.push(listener),
    onConnection: (listener) => void connectionListeners.push(listener),
  }
}
