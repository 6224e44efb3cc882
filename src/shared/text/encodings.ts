/**
 * Encodings that the user can choose for a page. They are also the values of an option of the command line. `auto` decides by bytes and words. `tcvn3` is
 * text for .Vn fonts, and `tcvn5712-1` is VN1 of the standard TCVN 5712, which differs from it.
 */
export const encodings = ['auto', 'utf-8', 'tcvn3', 'tcvn5712-1', 'vni', 'viscii', 'windows-1258', 'vps'] as const

/** One of {@link encodings}. */
export type Encoding = (typeof encodings)[number]
