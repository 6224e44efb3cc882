/** Names that open devices on Windows, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i
const maxStemLength = 120

/**
 * A name that a file may be saved under on every system, made of what somebody else called it (SECURITY, P10): no
 * folders, no characters that some system forbids or that turn the direction of reading, no device, nothing hidden;
 * and the extension that its content has, so that a name can't say otherwise. `extension` without its dot.
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
