import { isPartReference } from '../../../shared/saved-pages'
import { parseAddress } from './resolve-address'

/**
 * Returns a check that says whether an address was saved together with the page. `carried`: the references that lie
 * beside the page and the absolute addresses in its archive. `address`: where the page came from, null for files. Only
 * names can tell which files lie in the folder beside a page.
 */
export function createSavedWithPageCheck(
  carried: readonly string[],
  address: string | null,
): (address: string) => boolean {
  const known = new Set(carried)
  return (asked) => {
    if (known.size === 0) return false
    const url = parseAddress(asked, address)
    if (url !== null) url.hash = ''
    return known.has(asked) || isPartReference(asked) || (url !== null && known.has(url.href))
  }
}
