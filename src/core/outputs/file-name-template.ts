import type { Bulletin } from '../../shared/bulletin'
import { getSourceName } from './labels'

/**
 * The maximum length in bytes of a file name without extension. Most file systems allow 255 bytes. The remaining bytes
 * are for " (2)", the number of the part and the extension.
 */
const maxBytes = 180
/** Matches names that open a device on Windows, even with any text after the first dot. */
const deviceNames = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/** The values for the placeholders of a file name template. */
export interface NameParts {
  /** The date as YYYY-MM-DD. The value is null if the date is unknown. */
  date: string | null
  source: string | null
  title: string
}

/**
 * Returns the date, source and title for a file name. The date is the latest day of the bulletins. The source is set
 * only if all bulletins have the same source.
 */
export function getNameParts(bulletins: readonly Pick<Bulletin, 'publishedAt' | 'source'>[], title: string): NameParts {
  const days = bulletins.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [publishedAt.slice(0, 10)])).sort()
  const sources = new Set(bulletins.map(getSourceName))
  const [source = null] = sources
  return { date: days.at(-1) ?? null, source: sources.size === 1 ? source : null, title }
}

/**
 * Fills the file name template from the settings ("{date} - {source} - {title}"). The result has no extension, is valid
 * on Windows and has at most {@link maxBytes} bytes. A placeholder without a value is removed together with the " - "
 * beside it.
 */
export function fillFileNameTemplate(template: string, { date, source, title }: NameParts): string {
  const filled = template
    .split(/\s+-\s+/u)
    .map((part) =>
      part
        .replaceAll('{date}', date ?? '')
        .replaceAll('{source}', source ?? '')
        .replaceAll('{title}', title),
    )
    .filter((part) => part.trim() !== '')
    .join(' - ')
  return toFileName(filled)
}

/**
 * Turns any text into a file name that is valid on every system. A long text is cut at the end of a word. Returns
 * "ban-tin" if nothing is left.
 */
export function toFileName(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/["“”]/g, "'")
    .replace(/[<>:/\\|?*\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  const cut = trimSigns(cutAtWord(clean))
  const name = cut.replace(deviceNames, (device) => `${device}_`)
  return name === '' ? 'ban-tin' : name
}

function cutAtWord(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name
  let short = ''
  let bytes = 0
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes - 3) break // the sign "…" takes three bytes in UTF-8
    short += character
  }
  const atWord = short.slice(0, short.lastIndexOf(' '))
  return `${trimSigns(atWord.length * 2 > short.length ? atWord : short)}…`
}

/**
 * Removes dots, spaces and similar signs at both ends of a name. Windows removes dots and spaces at the end of names,
 * which could make two names equal.
 */
function trimSigns(name: string): string {
  return name.replace(/^[\s.-]+|[\s.,;-]+$/gu, '')
}
