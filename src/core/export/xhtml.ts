import { Parser } from 'htmlparser2'

/** Elements that never hold anything. */
const voids = new Set(['br', 'hr', 'img', 'col'])

/**
 * HTML, sanitised before, as well-formed XHTML: every element closed in order, every value quoted, no character that XML
 * forbids.
 */
export function toXhtml(html: string): string {
  let result = ''
  const parser = new Parser({
    onopentag(name, attributes) {
      const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
      result += `<${name}${given.join('')}${voids.has(name) ? '/' : ''}>`
    },
    ontext(text) {
      result += escapeXml(text)
    },
    onclosetag(name) {
      if (!voids.has(name)) result += `</${name}>`
    },
  })
  parser.end(html)
  return result
}

/** Text as it may stand in XML 1.0, between tags and in quoted attributes; what XML can't hold is left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
