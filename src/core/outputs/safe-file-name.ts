/** Matches names that open devices on Windows, even if an extension follows. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i
const maxStemLength = 120

/**
 * Turns an untrusted file name into a name that is safe on every system (docs/security.md). The result contains no
 * folder, no forbidden character and no character that changes the writing direction. The result is neither a device
 * name nor the name of a hidden file. The result ends in `extension` (without a dot), which belongs to the detected
 * content type, so that the name can't hide the real type.
 */
export function safeFileName(given: string, extension: string): string {
  const name = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|‥．]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.~-]+|[\s.]+$/gu, '')
  const ending = `.${extension}`
  const stem = name.toLowerCase().endsWith(ending) ? name.slice(0, -ending.length) : name
  const short = [...stem]
    .slice(0, maxStemLength)
    .join('')
    .replace(/[\s.]+$/u, '')
  const usable = short === '' || deviceName.test(short) ? `tep ${short}`.trim() : short
  return `${usable}${ending}`
}
