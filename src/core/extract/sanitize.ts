import sanitizeHtml, { type Attributes, type IFrame, type IOptions, type Transformer } from 'sanitize-html'

/** What a reader needs of HTML, and nothing that acts, loads or styles (SECURITY, layer 1). */
const tags = [
  ...'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd'.split(' '),
  ...'table caption colgroup col thead tbody tfoot tr th td figure figcaption img'.split(' '),
  ...'a span strong b em i u s sub sup small mark del ins abbr cite q code'.split(' '),
]
/** Elements whose text goes with them: it is code, a fallback, or was never meant to be read. */
const nonTextTags =
  'script style textarea option noscript noembed noframes template svg math xmp title iframe object audio video canvas'
/** Boxes that stand on lines of their own: were they only dropped, their texts would run together. */
const boxes =
  'section article header footer main aside nav address details summary fieldset legend form center menu dir'

const storedFile = /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/
const webAddress = /^https?:\/\/[^\s/]/i
const linkAddress = /^(?:https?:\/\/[^\s/]|mailto:[^\s])/i
/** Elements that say nothing when they hold no word and no picture. */
const emptyBlocks = new Set(
  `${boxes} p h1 h2 h3 h4 h5 h6 div figcaption figure li ul ol dl dt dd blockquote pre caption`.split(' '),
)
const emptyInlines = new Set('a span strong b em i u s strike sub sup small mark del ins abbr cite q code'.split(' '))

const maxRounds = 5

const options: IOptions = {
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
  // A picture's address is one of our own files or none: no scheme at all.
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: nonTextTags.split(' '),
  nestingLimit: 200,
  parser: { lowerCaseTags: true, lowerCaseAttributeNames: true },
  transformTags: {
    ...Object.fromEntries(boxes.split(' ').map((box) => [box, 'div'])),
    h1: 'h2',
    h5: 'h4',
    h6: 'h4',
    strike: 's',
    a: convertLink,
    img: convertPicture,
    span: convertPlaceholder,
    td: keepNumbers('td', ['colspan', 'rowspan'], 1000),
    th: keepNumbers('th', ['colspan', 'rowspan'], 1000),
    col: keepNumbers('col', ['span'], 1000),
    colgroup: keepNumbers('colgroup', ['span'], 1000),
    ol: keepNumbers('ol', ['start'], 1_000_000),
  },
}

/**
 * A body's HTML with only a reader's elements left: no scripts, styles, forms, frames, event handlers; links to
 * http, https and mailto; pictures only from the bulletin's own `files/`, any other becomes a `missing-picture`
 * placeholder that keeps its address for later. Sanitising twice changes nothing more.
 */
export function sanitizeBody(html: string): string {
  let clean = sanitizeOnce(html)
  // A dropped element may leave a block inside a paragraph, which the next parser takes apart.
  for (let round = 1; round < maxRounds; round++) {
    const again = sanitizeOnce(clean)
    if (again === clean) break
    clean = again
  }
  return clean
}

function sanitizeOnce(html: string): string {
  // Where in the result the last word, picture or rule began that the frames around it may not know of.
  let lastContentAt = -1
  const exclusiveFilter = ({ tag, text, tagPosition, attribs }: IFrame): boolean | 'excludeTag' => {
    const isBare = (tag === 'a' && attribs['href'] === undefined) || (tag === 'span' && attribs['class'] === undefined)
    const isPicture = tag === 'img' || tag === 'hr' || attribs['class'] === 'missing-picture'
    if (isPicture || (isBare && text.trim() !== '')) lastContentAt = tagPosition
    const hasContent = lastContentAt >= tagPosition
    if (isBare) return 'excludeTag'
    return !hasContent && (emptyBlocks.has(tag) ? text.trim() === '' : emptyInlines.has(tag) && text === '')
  }
  return sanitizeHtml(html, { ...options, exclusiveFilter }).trim()
}

function convertLink(_name: string, { href = '' }: Attributes): ReturnType<Transformer> {
  const address = href.trim()
  return linkAddress.test(address)
    ? { tagName: 'a', attribs: { href: address, rel: 'noreferrer noopener' } }
    : { tagName: 'a', attribs: {} }
}

function convertPicture(_name: string, { src = '', alt = '' }: Attributes): ReturnType<Transformer> {
  return storedFile.test(src)
    ? { tagName: 'img', attribs: { src, alt } }
    : { tagName: 'span', attribs: createPlaceholderAttributes(src), text: alt }
}

function convertPlaceholder(_name: string, attributes: Attributes): ReturnType<Transformer> {
  const isPlaceholder = (attributes['class'] ?? '').split(/\s+/).includes('missing-picture')
  return isPlaceholder
    ? { tagName: 'span', attribs: createPlaceholderAttributes(attributes['data-original'] ?? '') }
    : { tagName: 'span', attribs: {} }
}

function createPlaceholderAttributes(address: string): Attributes {
  return { class: 'missing-picture', ...(webAddress.test(address) ? { 'data-original': address } : {}) }
}

/** Keeps those attributes only where they are whole numbers from 1 to `max`: a cell over a million rows stalls a browser. */
function keepNumbers(tagName: string, names: readonly string[], max: number): Transformer {
  return (_name, attributes) => {
    const attribs = { ...attributes }
    for (const name of names) {
      const value = attribs[name] ?? ''
      if (!/^\d{1,7}$/.test(value) || Number(value) < 1 || Number(value) > max) delete attribs[name]
    }
    return { tagName, attribs }
  }
}
