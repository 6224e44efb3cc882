import { callHost } from '../bridge'

const types: Readonly<Record<string, string>> = { json: 'application/json', opml: 'text/x-opml' }

/** Saves a text where the reader says: by the host's dialog, or as a download of the browser. False: the reader decided otherwise. */
export async function saveText(name: string, text: string): Promise<boolean> {
  const { saved, byPage } = await callHost('saveText', { name, text })
  if (!byPage) return saved
  const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain'
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // The browser reads it when it is ready to.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return true
}
