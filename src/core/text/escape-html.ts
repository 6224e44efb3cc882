/** Escapes text for use in HTML, both between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Unescapes HTML text that {@link escapeHtml} or a serialiser has written. */
export function unescapeHtml(html: string): string {
  return html.replace(
    /&(?:(amp|lt|gt|quot)|#(\d{1,7}));/g,
    (whole, name: string | undefined, code: string | undefined) =>
      name === undefined ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (entities[name] ?? whole),
  )
}
