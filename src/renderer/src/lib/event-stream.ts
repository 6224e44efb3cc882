import type { AppEvent, NumberedEvent } from '../../../shared/contract/api'

/** The origin of the events. On the desktop this is the preload, in a browser a stream that all tabs share. */
export type EventTransport =
  | { kind: 'desktop'; listen(listener: (event: NumberedEvent) => void): void }
  | {
      kind: 'web'
      /**
       * Undefined on an insecure page, which came over plain HTTP from another machine. Each tab then has a stream of
       * its own.
       */
      locks: Pick<LockManager, 'request' | 'query'> | undefined
      openChannel(): Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
      openSource(): Pick<EventSource, 'addEventListener' | 'readyState'>
    }

/** `EventSource.CLOSED`: the stream was refused, and the browser does not try again. */
const closed = 2
const reconnectMs = 3000
/** The page waits at most this long for the stream before it loads its data. */
const maxWaitMs = 300
/** The Web Lock that the tab with the stream holds. */
const lockName = 'bantin-events'

/** The events for the stores. */
export interface EventStream {
  on(listener: (event: AppEvent) => void): void
  /**
   * Resolves when this tab receives events, or after a short wait. If the stream opens after the wait, `onGap`
   * listeners are called.
   */
  ready: Promise<undefined>
  /** Called when events may have been lost, so that everything must be loaded again. */
  onGap(listener: () => void): void
  /** Called when the connection to the host is lost or restored. Never called on the desktop. */
  onConnection(listener: (isConnected: boolean) => void): void
}

/** What the tab with the stream sends to the other tabs. */
type TabMessage =
  { kind: 'event'; event: NumberedEvent } | { kind: 'connection'; isConnected: boolean } | { kind: 'gap' }

/**
 * Creates the event stream. A browser opens one stream for all tabs, because browsers open at most six connections to a
 * host and six streams would block all calls. A Web Lock elects the tab that holds the stream, and a BroadcastChannel
 * forwards the events to the other tabs. When that tab closes, another tab gets the lock. Events may have been lost if
 * their numbers have a gap, if another tab has opened a new stream, or if the stream was reconnected. A refused stream
 * is opened again later, because a restarted host accepts this browser after the user has opened the host's new address
 * in any tab.
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
        // The events between the previous stream and this one are lost for all tabs.
        channel.postMessage({ kind: 'gap' } satisfies TabMessage)
        if (isReady) gap()
        setReady()
      })
      source.addEventListener('error', () => {
        send({ kind: 'connection', isConnected: false })
        if (source.readyState === closed) setTimeout(listen, reconnectMs)
      })
      // The host sends nothing else on its stream.
      source.addEventListener('message', ({ data }) =>
        send({ kind: 'event', event: JSON.parse(String(data)) as NumberedEvent }),
      )
    }
    const hold = (): Promise<never> => {
      listen()
      return new Promise(() => undefined) // until the tab closes
    }
    const { locks } = origin
    const join = async (): Promise<void> => {
      const { held } = (await locks?.query()) ?? {}
      // Another tab has the stream and forwards it.
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
