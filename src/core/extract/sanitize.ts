import sanitizeHtml from 'sanitize-html'

/** What a reader needs of HTML, and nothing that acts, loads or styles (SECURITY, layer 1). */
const tags = [
  ...'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd'.split(' '),
  ...'table caption colgroup col thead tbody tfoot tr th td figure figcaption img'.split(' '),
  ...'a span strong b em i u s sub sup small mark del ins abbr cite q code'.split(' '),
]
const storedFile = /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/
const webAddress = /^https?:\/\//i
const linkAddress = /^(?:https?:\/\/|mailto:)/i

const options: sanitizeHtml.IOptions = {
  allowedTags: tags,
  allowedAttributes: {
    a: ['href', 'rel'],
    img: ['src', 'alt'],
    span: ['class', 'data-original'],
    figure: ['class'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    col: ['span'],
    colgroup: ['span'],
    ol: ['start', 'reversed'],
    abbr: ['title'],
  },
  allowedClasses: { span: ['missing-picture'], figure: ['caption-only'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'template',
    'svg',
    'math',
    'xmp',
    'title',
    'iframe',
    'object',
  ],
  enforceHtmlBoundary: false,
  parser: { lowerCaseTags: true, lowerCaseAttributeNames: true },
  transformTags: {
    h1: 'h2',
    h5: 'h4',
    h6: 'h4',
    center: 'div',
    strike: 's',
    a: (_name, { href }) => ({
      tagName: 'a',
      attribs:
        href !== undefined && linkAddress.test(href.trim()) ? { href: href.trim(), rel: 'noreferrer noopener' } : {},
    }),
    img: (_name, { src = '', alt = '' }) =>
      storedFile.test(src)
        ? { tagName: 'img', attribs: { src, alt } }
        : {
            tagName: 'span',
            attribs: { class: 'missing-picture', ...(webAddress.test(src) ? { 'data-original': src } : {}) },
            text: alt,
          },
    span: (_name, { class: given, 'data-original': original = '' }) => ({
      tagName: 'span',
      attribs:
        given === 'missing-picture'
          ? { class: given, ...(webAddress.test(original) ? { 'data-original': original } : {}) }
          : {},
    }),
  },
  exclusiveFilter: ({ tag, text, mediaChildren }) =>
    ['p', 'h2', 'h3', 'h4', 'figcaption', 'li', 'blockquote'].includes(tag) &&
    text.trim() === '' &&
    mediaChildren.length === 0,
}

/**
 * A body's HTML with only a reader's elements left: no scripts, styles, forms, frames, event handlers; links to
 * http, https and mailto; pictures only from the bulletin's own `files/`, any other becomes a `missing-picture`
 * placeholder that keeps its address for later. Sanitising twice changes nothing more.
 */
export function sanitizeBody(html: string): string {
  return sanitizeHtml(html, options).trim()
}
