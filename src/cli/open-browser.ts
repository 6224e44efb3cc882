import { spawn } from 'node:child_process'

/** Opens an address of ours in the user's browser; a machine without one is no error: the address is printed too. */
export function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address]
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', () => undefined) // no such program
  child.unref()
}
