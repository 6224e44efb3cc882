// The code that runs inside a page. Each function is injected as source, so no function may use names from outside
// itself. A page has two JavaScript worlds, which share only its DOM. The worlds send each other events on the
// document. The browser clones the details of the events, in the same way as Electron's contextBridge.

/**
 * Runs in the main world of the page, and gives the page the functions that the preload exposes. `tag` is a part of the
 * names of the events between the worlds.
 */
export function mainWorld(tag: string): void {
  const callbacks = new Map<string, (...args: unknown[]) => unknown>()
  const waiting = new Map<string, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let count = 0
  let returned: unknown
  const fire = (name: string, detail: unknown): unknown =>
    document.dispatchEvent(new CustomEvent(tag + name, { detail }))
  const listen = (name: string, listener: (detail: never) => void): void =>
    document.addEventListener(tag + name, (event) => listener((event as CustomEvent).detail as never))
  const pack = (value: unknown): unknown => {
    if (typeof value !== 'function') return value
    const id = `page${++count}`
    callbacks.set(id, value as () => unknown)
    return { $function: id }
  }
  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const { $function: fn, $promise: promise, $error: error } = value as Record<string, string>
    if (error !== undefined) return new Error(error)
    if (promise !== undefined) return new Promise((resolve, reject) => waiting.set(promise, { resolve, reject }))
    if (fn === undefined) return value
    return (...args: unknown[]): unknown => {
      returned = undefined
      fire('call', { fn, args: args.map(pack) })
      const result = unpack(returned)
      if (result instanceof Error) throw result
      return result
    }
  }
  listen('returned', (detail) => (returned = detail))
  listen('callback', ({ id, args }: { id: string; args: unknown[] }) => callbacks.get(id)?.(...args))
  listen('settled', ({ id, value, error }: { id: string; value: unknown; error: string | null }) => {
    const promise = waiting.get(id)
    waiting.delete(id)
    if (error === null) promise?.resolve(value)
    else promise?.reject(new Error(error))
  })
  listen('expose', ({ key, functions }: { key: string; functions: Record<string, unknown> }) => {
    const api = Object.freeze(
      Object.fromEntries(Object.entries(functions).map(([name, value]) => [name, unpack(value)])),
    )
    Object.defineProperty(globalThis, key, { value: api, enumerable: true, writable: false, configurable: false })
  })
  // `window.open` always returns null to the page, as it does for a denied window. The main process still decides
  // whether a window opens.
  const open = window.open.bind(window)
  window.open = (...args) => (open(...args), null)
  fire('ready', null)
}

/** Runs the preload in its own world, with the `require` function of a sandboxed preload. */
export function isolatedWorld(
  tag: string,
  codec: { encode(value: unknown): unknown; decode(value: unknown): unknown },
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  interface World {
    shimSend(message: string): void
    shimReply(id: number, isOk: boolean, value: unknown): void
    shimEvent(channel: string, args: unknown): void
  }
  const world = globalThis as unknown as World
  const functions = new Map<string, (...args: unknown[]) => unknown>()
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>()
  const exposed: unknown[] = []
  let count = 0
  const fire = (name: string, detail: unknown): unknown =>
    document.dispatchEvent(new CustomEvent(tag + name, { detail }))
  const pack = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const id = `preload${++count}`
      functions.set(id, value as () => unknown)
      return { $function: id }
    }
    if (value instanceof Promise) {
      const id = `promise${++count}`
      value.then(
        (result: unknown) => fire('settled', { id, value: result, error: null }),
        (error: unknown) => fire('settled', { id, value: null, error: String(error) }),
      )
      return { $promise: id }
    }
    return value
  }
  const unpack = (value: unknown): unknown => {
    const id = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['$function'] : undefined
    return id === undefined ? value : (...args: unknown[]) => fire('callback', { id, args })
  }
  document.addEventListener(tag + 'call', (event) => {
    const { fn, args } = (event as CustomEvent<{ fn: string; args: unknown[] }>).detail
    try {
      fire('returned', pack(functions.get(fn)?.(...args.map(unpack))))
    } catch (error) {
      fire('returned', { $error: String(error) })
    }
  })
  // The two worlds start in any order, so the exposed functions are sent again when the main world is ready.
  document.addEventListener(tag + 'ready', () => exposed.forEach((detail) => fire('expose', detail)))
  world.shimReply = (id, isOk, value) => {
    const call = calls.get(id)
    calls.delete(id)
    if (isOk) call?.resolve(codec.decode(value))
    else call?.reject(new Error(String(value)))
  }
  world.shimEvent = (channel, args) => {
    for (const listener of listeners.get(channel) ?? [])
      listener({ sender: ipcRenderer }, ...(codec.decode(args) as unknown[]))
  }
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++count
        calls.set(id, { resolve, reject })
        // structuredClone throws an error for values that Electron cannot send.
        world.shimSend(JSON.stringify({ id, channel, args: codec.encode(structuredClone(args)) }))
      }),
    on(channel: string, listener: (...args: unknown[]) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off(channel: string, listener: (...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: Record<string, unknown>) {
      const detail = {
        key,
        functions: Object.fromEntries(Object.entries(api).map(([name, value]) => [name, pack(value)])),
      }
      exposed.push(detail)
      fire('expose', detail)
    },
  }
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer }
    throw new Error(`a sandboxed preload can't load ${name}`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}
