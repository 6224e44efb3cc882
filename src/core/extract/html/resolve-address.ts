import { isPartReference } from '../../../shared/saved-pages'

/** The address that completes the relative addresses of a page. */
export interface PageBase {
  /**
   * The address in `<base>`, else the address that the page came from, else the address that the page declares. Null if
   * none is known.
   */
  address: string | null
  /** Whether the page was saved to a folder, so that a relative address may lead to a file beside the page. */
  isSaved: boolean
}

const maxAddressLength = 8192
/**
 * Maximum length in characters of a `data:` address. The limit is high, because such an address contains the bytes of a
 * picture.
 */
const maxDataAddressLength = 8 * 1024 * 1024

/**
 * Resolves an address of the page. The result is absolute (http, https, data:, cid:), or unchanged if it leads to a
 * file beside a saved page. Returns null if the address is empty, too long, a `javascript:` address or a place on the
 * same page, or if it cannot be resolved.
 */
export function resolveAddress(received: string, { address, isSaved }: PageBase): string | null {
  const trimmed = received.trim().replace(/[\t\r\n]/g, '')
  if (/^data:/i.test(trimmed)) return trimmed.length <= maxDataAddressLength ? trimmed : null
  // A `cid:` address leads to a part of the web archive that contains the page.
  if (/^cid:[^\s]/i.test(trimmed) && trimmed.length <= maxAddressLength) return trimmed
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.length > maxAddressLength) return null
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(trimmed)
  if (!isAbsolute && isSaved && !trimmed.startsWith('/') && (address === null || !isPageReference(trimmed)))
    return trimmed
  const url = parseAddress(trimmed, address)
  return url !== null && /^https?:$/.test(url.protocol) ? unwrapLink(url) : null
}

/**
 * Returns the address to which a link of Google Docs leads (`google.com/url?q=…`). Returns any other address unchanged.
 */
function unwrapLink(url: URL): string {
  const isWrapper = /^(?:www\.)?google\.[a-z.]{2,6}$/.test(url.hostname) && url.pathname === '/url'
  const wrapped = isWrapper ? (url.searchParams.get('q') ?? url.searchParams.get('url')) : null
  const target = wrapped === null ? null : parseAddress(wrapped)
  return target !== null && /^https?:$/.test(target.protocol) ? target.href : url.href
}

/**
 * Whether a relative address leads to a page. In a local copy of a site, such an address leads to another page of the
 * site.
 */
function isPageReference(reference: string): boolean {
  return /(?:\.(?:x?html?|php|aspx?|jsp)|\/)(?:[?#].*)?$/i.test(reference) && !isPartReference(reference)
}

/** Parses an address. Returns null if the address is not a URL. */
export function parseAddress(received: string, base: string | null = null): URL | null {
  try {
    return new URL(received, base ?? undefined)
  } catch {
    return null // not a URL
  }
}

/**
 * Finds the base of a page: the address in `<base>`, else the address of the page. `received` is the address that the
 * page came from. `canonical` is the address that the page declares, and it is used only if `received` is null.
 */
export function findPageBase(document: Document, received: string | null, canonical: string | null): PageBase {
  const from = received ?? canonical
  const declared = document.querySelector('base[href]')?.getAttribute('href') ?? null
  const base = declared === null ? null : parseAddress(declared, from)
  return {
    address: base !== null && /^https?:$/.test(base.protocol) ? base.href : from,
    isSaved: received === null && declared === null,
  }
}
