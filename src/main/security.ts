// The security decisions of the desktop program. These functions need no Electron, so unit tests can call them.

/** The name of the scheme under which the app serves its pages. */
export const scheme = 'bantin'
/** The address of the interface of the app. */
export const appAddress = `${scheme}://app/`

/** The frame that sent a call, as IPC describes it. */
export interface Sender {
  url: string
  /** The parent frame. Null if the frame is the top frame of a window. */
  parent: unknown
}

/**
 * Returns the reason to refuse a call over IPC, or null if the call is allowed. Only the top frame of a window that
 * shows the interface may call.
 */
export function senderProblem(frame: Sender | null, devAddress: string | null): string | null {
  if (frame === null) return 'the frame is gone'
  if (frame.parent !== null && frame.parent !== undefined) return 'a sub-frame'
  if (isOwnAddress(frame.url)) return null
  return devAddress !== null && originOf(frame.url) === originOf(devAddress) ? null : 'a foreign page'
}

/** Tells whether an address is a page of the app. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${scheme}:` && url.host === 'app'
}

/** Tells whether a window may navigate to an address. Only addresses of the interface are allowed. */
export function mayNavigate(address: string, devAddress: string | null): boolean {
  const url = URL.parse(address)
  if (url === null) return false
  if (isOwnAddress(address)) return url.pathname === '/' || url.pathname === '/index.html'
  return devAddress !== null && originOf(address) === originOf(devAddress)
}

/**
 * Tells whether a request is allowed. A request must go to the scheme of the app, or to the development server if there
 * is one.
 */
export function mayRequest(address: string, devAddress: string | null): boolean {
  if (isOwnAddress(address)) return true
  if (devAddress === null) return false
  const [requested, dev] = [URL.parse(address), URL.parse(devAddress)]
  return requested !== null && dev !== null && requested.host === dev.host
}

/**
 * Tells whether the system may open an address. Only web and mail addresses are allowed, because an address of another
 * scheme can start a program.
 */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
}

/**
 * Returns the origin of an address, joined from its scheme and host. The property `origin` of the class URL is no use
 * here, because it is "null" for custom schemes.
 */
function originOf(address: string): string | null {
  const url = URL.parse(address)
  return url === null ? null : `${url.protocol}//${url.host}`
}
