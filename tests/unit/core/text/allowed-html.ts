import { parseHTML } from 'linkedom'

const allowedTags = new Set(
  (
    'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td ' +
    'figure figcaption img a span strong b em i u s sub sup small mark del ins abbr cite q code'
  ).split(' '),
)
/** Allowed attributes of each element, and the form that the value of the attribute must have. */
const allowedAttributes: Record<string, RegExp> = {
  'a href': /^(?:https?:\/\/|mailto:)/i,
  'a rel': /^noreferrer noopener$/,
  'img src': /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/,
  'img alt': /^/,
  'span class': /^missing-picture$/,
  'span data-original': /^https?:\/\//i,
  'figure class': /^caption-only$/,
  'th colspan': /^\d{1,4}$/,
  'th rowspan': /^\d{1,4}$/,
  'th scope': /^/,
  'td colspan': /^\d{1,4}$/,
  'td rowspan': /^\d{1,4}$/,
  'col span': /^\d{1,4}$/,
  'colgroup span': /^\d{1,4}$/,
  'ol start': /^\d{1,7}$/,
  'ol reversed': /^/,
  'abbr title': /^/,
}

/**
 * Lists what a stored body contains but must not contain. This function has separate lists of allowed HTML, so a
 * mistake in the lists of the sanitiser is found.
 */
export function forbiddenIn(html: string): string[] {
  const found: string[] = []
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  for (const element of document.querySelectorAll('*')) {
    const tag = element.localName
    if (tag === 'html' || tag === 'body' || tag === 'head') {
      if (element.attributes.length > 0) found.push(`<${tag}> with attributes`)
      continue
    }
    if (!allowedTags.has(tag)) found.push(`<${tag}>`)
    for (const { name, value } of element.attributes)
      if (allowedAttributes[`${tag} ${name}`]?.test(value) !== true) found.push(`<${tag} ${name}="${value}">`)
  }
  // Another parser may read the HTML differently, so each "<" must begin an allowed tag.
  for (const [start] of html.matchAll(/<[^<]{0,12}/g))
    if (!allowedTags.has(/^<\/?([a-z][a-z0-9]*)(?=[ />])/.exec(start)?.[1] ?? '')) found.push(`loose ${start}`)
  return found
}
