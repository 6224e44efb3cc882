import { EventEmitter } from 'node:events'
import { checkOptions } from './options.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>
type RequestHook = (details: Record<string, unknown>, decide: (answer: { cancel?: boolean }) => void) => void
type PermissionHandler = (contents: unknown, permission: string, decide: (isAllowed: boolean) => void) => void

/** The names of the registered schemes. The shim translates only the addresses of these schemes. */
export const customSchemes = new Set<string>()

/**
 * Returns the address of a page in Chromium: bantin://app/x becomes https://app.bantin.shim/x. The translation is
 * needed, because the DevTools protocol cannot register custom schemes.
 */
export function toPage(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/]*)/, (whole, scheme: string, host: string) =>
    customSchemes.has(scheme) ? `https://${host}.${scheme}.shim` : whole,
  )
}

/** Returns the address of a page in the app. This function is the reverse of {@link toPage}. */
export function toApp(address: string): string {
  return address.replace(/^https:\/\/([^/]*)\.([a-z0-9+-]+)\.shim(?=\/|$)/, '$2://$1')
}

/** A session with its own scheme handlers, request hooks and permissions. */
export class ShimSession extends EventEmitter {
  readonly #schemes = new Map<string, SchemeHandler>()
  #onBeforeRequest: RequestHook | null = null
  #onHeadersReceived: RequestHook | null = null
  #permissionCheck: ((contents: unknown, permission: string) => boolean) | null = null
  #permissionRequest: PermissionHandler | null = null

  readonly protocol = {
    handle: (scheme: string, handler: SchemeHandler): void => void this.#schemes.set(scheme, handler),
    unhandle: (scheme: string): void => void this.#schemes.delete(scheme),
    isProtocolHandled: (scheme: string): boolean => this.#schemes.has(scheme),
  }
  readonly webRequest = {
    onBeforeRequest: (hook: RequestHook): void => void (this.#onBeforeRequest = hook),
    onHeadersReceived: (hook: RequestHook): void => void (this.#onHeadersReceived = hook),
  }

  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.#permissionRequest = handler
  }
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void {
    this.#permissionCheck = handler
  }
  /** Returns what a system without a proxy returns. */
  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT')
  }
  setDevicePermissionHandler(): void {
    // This method does nothing, because the shim has no devices.
  }

  /**
   * Tells whether the app grants a permission. Both handlers must grant it. Without handlers, Electron grants every
   * permission.
   */
  async isAllowed(contents: unknown, permission: string): Promise<boolean> {
    if (this.#permissionCheck?.(contents, permission) === false) return false
    const handler = this.#permissionRequest
    return handler === null || new Promise((resolve) => handler(contents, permission, resolve))
  }

  /** Tells whether the app cancels a request. */
  async isCancelled(details: Record<string, unknown>): Promise<boolean> {
    const hook = this.#onBeforeRequest
    return hook !== null && new Promise((resolve) => hook(details, ({ cancel }) => resolve(cancel === true)))
  }

  /**
   * Returns the app's response for an address of a handled scheme. Returns null if there is no handler or the app
   * cancels the request.
   */
  async answer(request: Request): Promise<Response | null> {
    const handler = this.#schemes.get(new URL(request.url).protocol.replace(':', ''))
    if (handler === undefined) return null
    const response = await handler(request)
    const hook = this.#onHeadersReceived
    if (hook === null) return response
    const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]))
    const isCancelled = await new Promise<boolean>((resolve) =>
      hook({ url: request.url, responseHeaders: headers, statusCode: response.status }, ({ cancel }) =>
        resolve(cancel === true),
      ),
    )
    return isCancelled ? null : response
  }
}

const partitions = new Map<string, ShimSession>()

/** The export `session` of the module `electron`. */
export const session = {
  defaultSession: new ShimSession(),
  fromPartition(name: string): ShimSession {
    const known = partitions.get(name) ?? new ShimSession()
    partitions.set(name, known)
    return known
  },
}

let isReady = false
let hasSchemes = false

/** Tells the shim that the app is ready. After that, the shim refuses calls that Electron only allows earlier. */
export function setReady(): void {
  isReady = true
}

/** The export `protocol` of the module `electron`. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    if (hasSchemes) throw new Error('electron: registerSchemesAsPrivileged can be used only once')
    hasSchemes = true
    for (const scheme of schemes) {
      checkOptions('CustomScheme', scheme)
      customSchemes.add(scheme.scheme)
    }
  },
  ...session.defaultSession.protocol,
}
