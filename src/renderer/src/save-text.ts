/** Gives the reader a text as a file, made in the page: the host is asked for nothing. */
export function saveText(name: string, text: string): void {
  const type = name.endsWith('.json') ? 'application/json' : 'text/plain'
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // Chromium reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
