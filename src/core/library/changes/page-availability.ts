import { join } from 'node:path'
import { canonicalAddress } from '../../fetch/url'
import { names } from '../store/bulletin-folder'
import { commitChange, type WriteContext } from '../store/commit'
import { bulletinDocument, readDocument } from '../store/documents'

/**
 * Writes `since` into the field `until` of an address in `bulletin.json`: the time from which the page at `url` has
 * been missing on its portal, or null if the page is available. Changes no other field. Returns whether the document
 * changed. Throws the errors of a write.
 */
export async function recordAvailability(
  writing: WriteContext,
  folder: string,
  url: string,
  since: Date | null,
): Promise<boolean> {
  const path = join(writing.root, folder)
  const document = await readDocument(join(path, names.bulletin), bulletinDocument)
  const checked = canonicalAddress(url)
  const isChecked = (known: string): boolean => canonicalAddress(known) === checked
  // The last address of the bulletin gets the same state as the checked address, because the interface shows the last
  // address.
  const addresses = document.addresses.map((address, at) => {
    if (!isChecked(address.url) && at !== document.addresses.length - 1) return address
    const until = since === null ? null : (address.until ?? since.toISOString())
    return { ...address, until }
  })
  if (JSON.stringify(addresses) === JSON.stringify(document.addresses)) return false
  await commitChange(writing, path, { files: new Map(), documents: new Map(), bulletin: { ...document, addresses } })
  return true
}
