/**
 * The cookies that are set during one fetch. Some portals set a cookie with a redirect and refuse requests without it.
 */
export interface RedirectCookies {
  /** Stores the cookies that a response from `url` sets for its own host. */
  take(url: URL, headers: readonly (readonly [string, string])[]): void
  /** Returns the Cookie header for a request to `url`, or null if no cookie is stored for its host. */
  headerFor(url: URL): string | null
}

const maxCookies = 20
const maxCookieLength = 4096

/**
 * Creates an empty store of cookies. A cookie is sent only to the exact host that set it, even if the cookie declares a
 * domain. A cookie that was set over https is never sent over http. Each fetch must have its own store, so that no
 * cookie identifies the user in a later fetch.
 */
export function createRedirectCookies(): RedirectCookies {
  const jar = new Map<string, Map<string, { value: string; isSecure: boolean }>>()
  return {
    take(url, headers) {
      const ofHost = jar.get(url.host) ?? new Map<string, { value: string; isSecure: boolean }>()
      jar.set(url.host, ofHost)
      for (const [key, line] of headers) {
        if (key.toLowerCase() !== 'set-cookie' || line.length > maxCookieLength) continue
        const [, name, value] = /^\s*([!#$%&'*+.^`|~\w-]+)\s*=\s*([^;]*)/.exec(line) ?? []
        if (name === undefined || value === undefined || (ofHost.size >= maxCookies && !ofHost.has(name))) continue
        ofHost.set(name, { value: value.trim(), isSecure: url.protocol === 'https:' })
      }
    },
    headerFor(url) {
      const pairs = [...(jar.get(url.host) ?? [])].filter(([, { isSecure }]) => !isSecure || url.protocol === 'https:')
      return pairs.length === 0 ? null : pairs.map(([name, { value }]) => `${name}=${value}`).join('; ')
    },
  }
}
