/**
 * Returns the value of a header, or null if it is absent. `name` is in lower case. Returns the first value if the
 * header is repeated.
 */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/**
 * Decodes a header value as UTF-8, because Node returns one character for each byte. Returns the value unchanged if the
 * bytes are not UTF-8.
 */
export function utf8Header(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  const text = bytes.toString('utf8')
  return text.includes('�') ? value : text
}

/** Media type and charset of a Content-Type header, in lower case. Each of them is null if absent. */
export function contentType(value: string | null): { mediaType: string | null; charset: string | null } {
  const mediaType = /^\s*([\w.+-]{1,100}\/[\w.+-]{1,100})/.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  const charset = /;\s*charset\s*=\s*["']?([\w.:+-]{1,40})/i.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  return { mediaType, charset }
}

/**
 * The file name of a Content-Disposition header (RFC 6266), as sent. Prefers `filename*` to `filename`. Returns null if
 * the header names no file. Never use the name as a path.
 */
export function dispositionName(value: string | null): string | null {
  if (value === null || value.length > 4096) return null
  const extended = /;\s*filename\*\s*=\s*utf-8'[\w-]*'([^;\s]+)/i.exec(value)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended)
    } catch {
      // The encoding of `filename*` is invalid, so the plain `filename` is tried next.
    }
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(value)
  const name = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]
  return name === undefined ? null : utf8Header(name)
}

/**
 * The pause of a Retry-After header in ms (RFC 9110: seconds or a date). Returns null if the header is absent or
 * invalid.
 */
export function retryAfterMs(value: string | null, now: Date): number | null {
  if (value === null) return null
  if (/^\s*\d{1,12}\s*$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}

/** Parses a date header. Returns null if the date is invalid, before 1990, or after 9000. */
export function serverDate(value: string | null): Date | null {
  const at = new Date(value ?? '')
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9000 || at.getUTCFullYear() < 1990 ? null : at
}
