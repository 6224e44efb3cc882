import type { AppEvent, NumberedEvent } from '../../../shared/contract/api'

/** Where events come from: the preload, or one stream that all tabs of a browser share. */
export type EventTransport =
  | { kind: 'desktop'; listen(listener: (event: NumberedEvent) => void): void }
  | {
      kind: 'web'
      /** Absent where the page is not trusted by the browser (plain http off loopback): each tab then has its own stream. */
      locks: Pick<LockManager, 'request' | 'query'> | undefined
      openChannel(): Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
      openSource(): Pick<EventSource, 'addEventListener' | 'readyState'>
    }

/** `EventSource.CLOSED`: refused, so that the browser does not try again by itself. */
const closed = 2
const reconnectMs = 3000
/** A page does not wait longer for the stream before it fetches what it shows. */
const maxWaitMs = 300
/** Held by the tab that has the stream. */
const lockName = 'bantin-events'

/** What the stores listen to. */
export interface EventStream {
  on(listener: (event: AppEvent) => void): void
  /** What is fetched from then on stays right by what is heard; a stream that is late is a gap. */
  ready: Promise<undefined>
  /** Something was missed: fetch everything anew. */
  onGap(listener: () => void): void
  /** Whether the host can be heard (web only; the desktop always is). */
  onConnection(listener: (isConnected: boolean) => void): void
}

/** What the tab that holds the stream tells the others. */
type TabMessage =
  { kind: 'event'; event: NumberedEvent } | { kind: 'connection'; isConnected: boolean } | { kind: 'gap' }

/**
 * One stream of events per browser (six open ones block a host's calls): a Web Lock elects the tab that holds it, a
 * BroadcastChannel passes it on; when that tab closes, another gets the lock. A gap in the numbers, a new stream or
 * one that came back means that something may have been missed. A stream that was refused is asked for again: a host
 * that was started anew lets this browser in once its new address was opened in any tab.
 */
export function createEventStream(origin: EventTransport): EventStream {
  const listeners: ((event: AppEvent) => void)[] = []
  const gapListeners: (() => void)[] = []
  const connectionListeners: ((isConnected: boolean) => void)[] = []
  let last: number | null = null
  const { promise: begun, resolve } = Promise.withResolvers<undefined>()
  let hasBegun = false
  const begin = (): void => {
    hasBegun = true
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
    begin()
  } else {
    setTimeout(begin, maxWaitMs)
    const channel = origin.openChannel()
    channel.addEventListener('message', ({ data }) => receiveMessage(data as TabMessage))
    const tell = (message: TabMessage): void => {
      receiveMessage(message)
      channel.postMessage(message)
    }
    const listen = (): void => {
      const source = origin.openSource()
      source.addEventListener('open', () => {
        last = null
        tell({ kind: 'connection', isConnected: true })
        // Whoever held the stream before is gone, or the host was: nobody knows what was said meanwhile.
        channel.postMessage({ kind: 'gap' } satisfies TabMessage)
        if (hasBegun) gap()
        begin()
      })
      source.addEventListener('error', () => {
        tell({ kind: 'connection', isConnected: false })
        if (source.readyState === closed) setTimeout(listen, reconnectMs)
      })
      // Our own host's stream: always this shape.
      source.addEventListener('message', ({ data }) =>
        tell({ kind: 'event', event: JSON.parse(String(data)) as NumberedEvent }),
      )
    }
    const hold = (): Promise<never> => {
      listen()
      return new Promise(() => undefined) // until the tab closes
    }
    const { locks } = origin
    const join = async (): Promise<void> => {
      const { held } = (await locks?.query()) ?? {}
      // Another tab has the stream and passes it on.
      if (held?.some(({ name }) => name === lockName) === true) begin()
      await (locks === undefined ? hold() : locks.request(lockName, hold))
    }
    void join()
  }

  return {
    ready: begun,
    on: (listener) => void listeners.push(listener),
    onGap: (listener) => void gapListeners.push(listener),
    onConnection: (listener) => void connectionListeners.push(listener),
  }
}
