import { spawn } from 'node:child_process'

/**
 * Opens an address in the browser of the user. A missing browser is not an error, because the program also prints the
 * address.
 */
export function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address]
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', () => undefined) // no browser found
  child.unref()
}
