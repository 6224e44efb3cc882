/** Names that open devices on Windows, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i
const maxStemLength = 120

/**
 * Turns a file name from outside into one that is safe on every system (docs/security.md). The result has no folders,
 * no forbidden characters, no characters that change the writing direction, and no device name, and it is not hidden.
 * It has the extension of the detected content type, so that the name can't hide the real type. `extension` has no dot.
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
