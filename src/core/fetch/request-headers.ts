import type { FetchOptions } from './fetch-result'

const acceptHeaders = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  feed: 'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5',
  picture: 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5',
  any: '*/*',
} as const

/** Creates the headers of one request, in the order in which they are sent. */
export function createRequestHeaders(
  url: URL,
  version: string,
  { accept = 'any', validators }: FetchOptions,
  cookie: string | null,
): [string, string][] {
  const given: [string, string | null][] = [
    ['Host', url.host],
    ['User-Agent', userAgentOf(version)],
    ['Accept', acceptHeaders[accept]],
    ['Accept-Language', 'vi,en;q=0.5'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['If-None-Match', validators?.etag ?? null],
    ['If-Modified-Since', validators?.lastModified ?? null],
    ['Cookie', cookie],
    ['Connection', 'close'],
  ]
  return given.flatMap(([name, value]) => (value === null ? [] : [[name, value] satisfies [string, string]]))
}

/**
 * Returns the User-Agent header. It contains the name of the program, so that the operator of a portal can allow or
 * refuse the program.
 */
export function userAgentOf(version: string): string {
  return `BanTin/${version} (+offline reader and archive of public bulletins, run by one reader)`
}

/** Whether a request is conditional, which means that it sends validators. Only then may the server answer 304. */
export function isConditional({ validators }: FetchOptions): boolean {
  return validators !== undefined && (validators.etag !== null || validators.lastModified !== null)
}
