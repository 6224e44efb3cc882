import type { Encoding } from '../../../shared/text/encodings'

export { type Encoding, encodings } from '../../../shared/text/encodings'

/** The Vietnamese encodings that were used before Unicode. Each letter has one or two bytes in these encodings. */
export const legacyEncodings = ['tcvn3', 'vni', 'windows-1258', 'viscii', 'vps', 'tcvn5712-1'] as const

/** One entry of {@link legacyEncodings}. */
export type LegacyEncoding = (typeof legacyEncodings)[number]

/** Tells whether a chosen encoding is one of {@link legacyEncodings}. */
export function isLegacy(encoding: Encoding): encoding is LegacyEncoding {
  return legacyEncodings.some((each) => each === encoding)
}

/** The charset labels of Vietnamese encodings, from IANA, from iconv and from old portals. */
const legacyLabels: Readonly<Record<string, LegacyEncoding>> = {
  'windows-1258': 'windows-1258',
  cp1258: 'windows-1258',
  'x-cp1258': 'windows-1258',
  viscii: 'viscii',
  csviscii: 'viscii',
  'viscii1.1-1': 'viscii',
  'x-viet-tcvn5712': 'tcvn5712-1',
  'x-viet-tcvn': 'tcvn3',
  tcvn: 'tcvn5712-1',
  'tcvn-5712': 'tcvn5712-1',
  'tcvn5712-1': 'tcvn5712-1',
  'tcvn5712-1:1993': 'tcvn5712-1',
  'x-viet-vni': 'vni',
  'x-viet-vps': 'vps',
}

/**
 * Returns the Vietnamese encoding with the charset label `label`. Returns null if the label is that of another charset.
 */
export function findLegacyEncoding(label: string): LegacyEncoding | null {
  const name = label.trim().toLowerCase()
  return Object.hasOwn(legacyLabels, name) ? (legacyLabels[name] ?? null) : null
}
