import { isPartReference } from '../../../shared/saved-pages'
import { parseAddress } from './resolve-address'

/**
 * Returns a function that tells whether the file of an address was saved together with the page. `savedReferences`
 * holds the references to files beside the page and the absolute addresses in the page's archive. `address` is the
 * address that the page came from, or null for files. References into the folder in which browsers save the parts of a
 * page count as saved too. If `savedReferences` is empty, the returned function returns false for every address.
 */
export function createSavedWithPageCheck(
  savedReferences: readonly string[],
  address: string | null,
): (address: string) => boolean {
  const saved = new Set(savedReferences)
  return (candidate) => {
    if (saved.size === 0) return false
    const url = parseAddress(candidate, address)
    if (url !== null) url.hash = ''
    return saved.has(candidate) || isPartReference(candidate) || (url !== null && saved.has(url.href))
  }
}
