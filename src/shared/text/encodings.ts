/**
 * Encodings a reader may choose for a page (CLI: a contract). `auto`: decided by its bytes and words. `tcvn3` is text
 * for .Vn fonts, `tcvn5712-1` the standard's VN1, which differs from it.
 */
export const encodings = ['auto', 'utf-8', 'tcvn3', 'tcvn5712-1', 'vni', 'viscii', 'windows-1258', 'vps'] as const

/** One of {@link encodings}. */
export type Encoding = (typeof encodings)[number]
