/**
 * Returns the value of a header, or null if the header is absent. `name` is in lower case. If the header is repeated,
 * returns its first value.
 */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/**
 * Decodes the value of a header as UTF-8. Node returns one character for each byte of the value. If the bytes are not
 * UTF-8, returns the value unchanged.
 */
export function utf8Header(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  const text = bytes.toString('utf8')
  return text.includes('�') ? value : text
}

/** Returns the media type and the charset of a Content-Type header, in lower case. Each is null if absent. */
export function contentType(value: string | null): { mediaType: string | null; charset: string | null } {
  const mediaType = /^\s*([\w.+-]{1,100}\/[\w.+-]{1,100})/.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  const charset = /;\s*charset\s*=\s*["']?([\w.:+-]{1,40})/i.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  return { mediaType, charset }
}

/**
 * Returns the file name in a Content-Disposition header (RFC 6266), as sent. Prefers `filename*` to `filename`. Returns
 * null if the header has no file name. The name must never be used as a path.
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
 * Returns the pause in a Retry-After header, in milliseconds. The header has seconds or a date (RFC 9110). Returns null
 * if the header is absent or invalid.
 */
export function retryAfterMs(value: string | null, now: Date): number | null {
  if (value === null) return null
  if (/^\s*\d{1,12}\s*$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}

/** Parses the date in a header. Returns null if the date is invalid, before 1990, or after the year 9000. */
export function serverDate(value: string | null): Date | null {
  const at = new Date(value ?? '')
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9000 || at.getUTCFullYear() < 1990 ? null : at
}
