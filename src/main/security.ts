// The app's security decisions, as small functions that need no Electron to be tested.

/** The app's own scheme and host. */
export const scheme = 'bantin'
/** Address of the interface. */
export const appAddress = `${scheme}://app/`

/** What IPC tells of the frame that sent a call. */
export interface Sender {
  url: string
  /** Null for a top frame. */
  parent: unknown
}

/** Why a call is refused, or null: only the top frame of a window that shows our own interface may call. */
export function senderProblem(frame: Sender | null, devAddress: string | null): string | null {
  if (frame === null) return 'the frame is gone'
  if (frame.parent !== null && frame.parent !== undefined) return 'a sub-frame'
  if (isOwnAddress(frame.url)) return null
  return devAddress !== null && originOf(frame.url) === originOf(devAddress) ? null : 'a foreign page'
}

/** Whether an address is one of the app's own pages. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${scheme}:` && url.host === 'app'
}

/** Whether a window may go to an address: the interface itself, and nothing else. */
export function mayNavigate(address: string, devAddress: string | null): boolean {
  const url = URL.parse(address)
  if (url === null) return false
  if (isOwnAddress(address)) return url.pathname === '/' || url.pathname === '/index.html'
  return devAddress !== null && originOf(address) === originOf(devAddress)
}

/** Whether a request may be made at all: our own scheme only; the development server while developing. */
export function mayRequest(address: string, devAddress: string | null): boolean {
  if (isOwnAddress(address)) return true
  if (devAddress === null) return false
  const [asked, dev] = [URL.parse(address), URL.parse(devAddress)]
  return asked !== null && dev !== null && asked.host === dev.host
}

/** Whether an address may be handed to the system to open: the web and mail, nothing that starts a program. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
}

/** Origin of an address; custom schemes have none of their own in URL, so scheme and host stand for it. */
function originOf(address: string): string | null {
  const url = URL.parse(address)
  return url === null ? null : `${url.protocol}//${url.host}`
}
