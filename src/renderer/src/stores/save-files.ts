import { callHost } from '../bridge'

const mediaTypes: Readonly<Record<string, string>> = { json: 'application/json', opml: 'text/x-opml' }
/**
 * The time in ms for which the address of a download stays valid. The browser may start to read the address after the
 * function has returned.
 */
const addressLifetimeMs = 60_000

/**
 * Saves a text through the host's dialog, or as a download of the browser. Returns false if the user closed the dialog.
 */
export async function saveText(name: string, text: string): Promise<boolean> {
  const { saved, byPage } = await callHost('saveText', { name, text })
  if (!byPage) return saved
  const type = mediaTypes[name.split('.').at(-1) ?? ''] ?? 'text/plain'
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  download(address, name)
  setTimeout(() => URL.revokeObjectURL(address), addressLifetimeMs)
  return true
}

/**
 * Saves the files of a finished print or export job through the host's dialog, or as downloads of the browser. In the
 * result, `saved` contains the paths from the dialog, and `isDone` is false if the user closed the dialog.
 */
export async function saveJobFiles(jobId: string): Promise<{ saved: readonly string[]; isDone: boolean }> {
  const { pages, saved } = await callHost('saveFiles', { jobId })
  for (const page of pages) download(page)
  return { saved, isDone: pages.length + saved.length > 0 }
}

/** Downloads an address in the browser. Without a name, the file gets the name that the response gives. */
export function download(address: string, name = ''): void {
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
}
