/**
 * The encodings that the user can choose for a page. The values are also the values of an option of the command line.
 * With `auto`, the program detects the encoding from the bytes and the words. `tcvn3` is text for .Vn fonts.
 * `tcvn5712-1` is VN1, a different encoding of the standard TCVN 5712.
 */
export const encodings = ['auto', 'utf-8', 'tcvn3', 'tcvn5712-1', 'vni', 'viscii', 'windows-1258', 'vps'] as const

/** One entry of {@link encodings}. */
export type Encoding = (typeof encodings)[number]
