/** Where a page's relative addresses lead. */
export interface PageBase {
  /** Address the page came from or names for itself; null where nothing is known. */
  address: string | null
  /** A page saved to a folder: what stands beside it there is not on the web. */
  isSaved: boolean
}

const maxAddressLength = 8192
/** A picture may carry its bytes in its address. */
const maxDataAddressLength = 8 * 1024 * 1024

/**
 * An address of the page as one that can be asked for: absolute (http, https, data:, cid:), or as it stands where it names a
 * file beside a saved page. Null where it is empty, a script, or can't be resolved.
 */
export function resolveAddress(received: string, { address, isSaved }: PageBase): string | null {
  const trimmed = received.trim().replace(/[\t\r\n]/g, '')
  if (/^data:/i.test(trimmed)) return trimmed.length <= maxDataAddressLength ? trimmed : null
  // A part of the archive the page lies in.
  if (/^cid:[^\s]/i.test(trimmed) && trimmed.length <= maxAddressLength) return trimmed
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.length > maxAddressLength) return null
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(trimmed)
  if (!isAbsolute && isSaved && !trimmed.startsWith('/')) return trimmed
  const url = parseAddress(trimmed, address)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null
}

/** An address as a URL, null where it is none. */
export function parseAddress(received: string, base: string | null = null): URL | null {
  try {
    return new URL(received, base ?? undefined)
  } catch {
    return null // what is no address leads nowhere
  }
}

/** The base of a page: what `<base>` says, seen from where the page came from, else from the address it names. */
export function findPageBase(document: Document, received: string | null, canonical: string | null): PageBase {
  const from = received ?? canonical
  const declared = document.querySelector('base[href]')?.getAttribute('href') ?? null
  const base = declared === null ? null : parseAddress(declared, from)
  return {
    address: base !== null && /^https?:$/.test(base.protocol) ? base.href : from,
    isSaved: received === null && declared === null,
  }
}
