import { Parser } from 'htmlparser2'

/** The void elements of HTML, which have no content. */
const voids = new Set(['br', 'hr', 'img', 'col'])

/**
 * Turns sanitised HTML into well-formed XHTML. The result closes all elements in order, quotes all attribute values and
 * contains no character that XML forbids.
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

/** Escapes text for use in XML 1.0, both between tags and in quoted attributes. Removes characters that XML forbids. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
