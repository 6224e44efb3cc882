/** Cookies that redirects set on their way: some portals send every caller through one such round. */
export interface RoundTripCookies {
  /** Keeps what an answer from this URL sets for its own host. */
  take(url: URL, headers: readonly (readonly [string, string])[]): void
  /** The Cookie header for a URL; null where there is none. */
  headerFor(url: URL): string | null
}

const mostCookies = 20
const longestCookie = 4096

/**
 * Keeps cookies for one fetch alone: by exact host, whatever domain they name, and never from https to http. They are
 * forgotten with the fetch; nobody is followed by them.
 */
export function createRoundTripCookies(): RoundTripCookies {
  const jar = new Map<string, Map<string, { value: string; isSecure: boolean }>>()
  return {
    take(url, headers) {
      const kept = jar.get(url.host) ?? new Map<string, { value: string; isSecure: boolean }>()
      jar.set(url.host, kept)
      for (const [key, line] of headers) {
        if (key.toLowerCase() !== 'set-cookie' || line.length > longestCookie) continue
        const [, name, value] = /^\s*([!#$%&'*+.^`|~\w-]+)\s*=\s*([^;]*)/.exec(line) ?? []
        if (name === undefined || value === undefined || (kept.size >= mostCookies && !kept.has(name))) continue
        kept.set(name, { value: value.trim(), isSecure: url.protocol === 'https:' })
      }
    },
    headerFor(url) {
      const pairs = [...(jar.get(url.host) ?? [])].filter(([, { isSecure }]) => !isSecure || url.protocol === 'https:')
      return pairs.length === 0 ? null : pairs.map(([name, { value }]) => `${name}=${value}`).join('; ')
    },
  }
}
