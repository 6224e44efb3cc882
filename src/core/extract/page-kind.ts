/**
 * Detects the kind of a page from its content. Returns `html`, `text`, or `document` for a bulletin that was exported
 * as JSON. Returns `.xml`, `.rtf` or `.mhtml` for a page that this version cannot extract. The caller refuses such a
 * page, because its extracted text would be unreadable. `extension` is the extension of the file, in lower case and
 * with its dot.
 */
export function detectPageKind(text: string, extension: string): string {
  const head = text.slice(0, 4000).trimStart()
  if (extension === '.json' && !head.startsWith('<')) return 'document'
  if (/^<\?xml\b/i.test(head) && !/<(?:!doctype\s+)?html\b/i.test(head)) return '.xml'
  if (/^<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b/i.test(head)) return '.xml'
  if (/^\{\\rtf/.test(head)) return '.rtf'
  if (/^(?:From|MIME-Version|Subject|Date|Content-Type):/i.test(head) && /^MIME-Version:/im.test(head)) return '.mhtml'
  if (/^\.(?:x?html?|mht(?:ml)?)$/.test(extension)) return 'html'
  const start = head.replace(/^<\?xml[^>]{0,200}\?>\s*/i, '').replace(/^(?:<!--[\s\S]{0,2000}?-->\s*){1,5}/, '')
  return /^<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|article|section|meta|title)\b/i.test(start)
    ? 'html'
    : 'text'
}
