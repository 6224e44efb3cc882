import { join } from 'node:path'
import { canonicalAddress } from '../../fetch/url'
import { names } from '../store/bulletin-folder'
import { commitChange, type WriteContext } from '../store/commit'
import { bulletinDocument, readDocument } from '../store/documents'

/**
 * Notes in a bulletin since when its portal no longer has it, or with null that it has it (again): the `until` of its
 * address. Its page and all else stays as it is. Says whether that was news.
 */
export async function recordAvailability(
  writing: WriteContext,
  folder: string,
  url: string,
  since: Date | null,
): Promise<boolean> {
  const path = join(writing.root, folder)
  const document = await readDocument(join(path, names.bulletin), bulletinDocument)
  const asked = canonicalAddress(url)
  const isAsked = (known: string): boolean => canonicalAddress(known) === asked
  // A page is shown by its last address: where it is gone by one, it is gone by the other.
  const addresses = document.addresses.map((address, at) => {
    if (!isAsked(address.url) && at !== document.addresses.length - 1) return address
    const until = since === null ? null : (address.until ?? since.toISOString())
    return { ...address, until }
  })
  if (JSON.stringify(addresses) === JSON.stringify(document.addresses)) return false
  await commitChange(writing, path, { files: new Map(), documents: new Map(), bulletin: { ...document, addresses } })
  return true
}
