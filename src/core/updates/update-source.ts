/** The place of the update feed, and the key that signs it. */
export interface UpdateSource {
  /** The https address of the feed `update.json`. */
  feed: string
  /** The public Ed25519 key of the feed as base64 of its DER form (SPKI, RFC 8410). */
  key: string
}

/** The source that the build has compiled in. The name does not exist outside a build. */
declare const bantinUpdateSource: { feed: string; key: string } | null

/**
 * Returns the update source of this build. Returns null if the build has no source, and the program then never asks for
 * updates. The environment of a running program cannot change the source (docs/releasing.md#updates).
 */
export function compiledUpdateSource(): UpdateSource | null {
  if (typeof bantinUpdateSource === 'undefined' || bantinUpdateSource === null) return null
  const isHttps = URL.parse(bantinUpdateSource.feed)?.protocol === 'https:'
  return isHttps && bantinUpdateSource.key !== '' ? bantinUpdateSource : null
}
