/** The value of a header among pairs as received; the first where a server repeats itself. */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/** Header values come as one character a byte; most servers that send more than ASCII mean UTF-8. */
export function utf8Header(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  const text = bytes.toString('utf8')
  return text.includes('�') ? value : text
}

/** Media type and charset of a Content-Type header, lower case. */
export function contentType(value: string | null): { mediaType: string | null; charset: string | null } {
  const mediaType = /^\s*([\w.+-]{1,100}\/[\w.+-]{1,100})/.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  const charset = /;\s*charset\s*=\s*["']?([\w.:+-]{1,40})/i.exec(value ?? '')?.[1]?.toLowerCase() ?? null
  return { mediaType, charset }
}

/** The file name a Content-Disposition header gives (RFC 6266, `filename*` first); as sent, so never a path. */
export function dispositionName(value: string | null): string | null {
  if (value === null || value.length > 4096) return null
  const extended = /;\s*filename\*\s*=\s*utf-8'[\w-]*'([^;\s]+)/i.exec(value)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended)
    } catch {
      // Not what it says; the plain name is left.
    }
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(value)
  const name = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]
  return name === undefined ? null : utf8Header(name)
}

/** Ms to wait by a Retry-After header (RFC 9110: seconds or a date); null where there is none or it says nothing. */
export function retryAfterMs(value: string | null, now: Date): number | null {
  if (value === null) return null
  if (/^\s*\d{1,12}\s*$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}

/** The Date header as UTC; null where it is none, or a year no clock shows. */
export function serverDate(value: string | null): Date | null {
  const at = new Date(value ?? '')
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9000 || at.getUTCFullYear() < 1990 ? null : at
}
