/**
 * Encodings that the user can choose for a page. They are also the values of an option of the command line. With
 * `auto`, bytes and words decide. `tcvn3` is text for .Vn fonts, and `tcvn5712-1` is the different encoding VN1 of the
 * standard TCVN 5712.
 */
export const encodings = ['auto', 'utf-8', 'tcvn3', 'tcvn5712-1', 'vni', 'viscii', 'windows-1258', 'vps'] as const

/** One of {@link encodings}. */
export type Encoding = (typeof encodings)[number]
