import type { Bulletin } from '../../shared/bulletin'
import { getSourceName } from './labels'

/** Bytes of the longest name most file systems take are 255; the rest is left for " (2)", parts and the ending. */
const maxBytes = 180
/** Names that open a device on Windows, whatever follows the first dot. */
const deviceNames = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/** What the places of a file name's template are filled with. */
export interface NameParts {
  /** YYYY-MM-DD, null where unknown. */
  date: string | null
  source: string | null
  title: string
}

/** Date, source and title of an edition: of its one bulletin, or what its bulletins share. */
export function getNameParts(bulletins: readonly Pick<Bulletin, 'publishedAt' | 'source'>[], title: string): NameParts {
  const days = bulletins.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [publishedAt.slice(0, 10)])).sort()
  const sources = new Set(bulletins.map(getSourceName))
  const [source = null] = sources
  return { date: days.at(-1) ?? null, source: sources.size === 1 ? source : null, title }
}

/**
 * A file name from a template the reader can change ("{date} - {source} - {title}"), without its ending: safe on
 * Windows, at most 180 bytes, cut at a word. A place that is not known goes with the " - " before it.
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

/** Any text as a name every system takes; "ban-tin" where nothing is left. */
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
    if (bytes > maxBytes - 3) break // the "…" takes three
    short += character
  }
  const atWord = short.slice(0, short.lastIndexOf(' '))
  return `${trimSigns(atWord.length * 2 > short.length ? atWord : short)}…`
}

/** Windows drops dots and blanks at the end of a name, so that two names may become one. */
function trimSigns(name: string): string {
  return name.replace(/^[\s.-]+|[\s.,;-]+$/gu, '')
}
