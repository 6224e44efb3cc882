import { spawn } from 'node:child_process'

/**
 * Opens an address in the browser of the user. If no browser is found, the function reports no error, because the
 * program also prints the address.
 */
export function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address]
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', () => undefined) // an error here means that no browser was found
  child.unref()
}
