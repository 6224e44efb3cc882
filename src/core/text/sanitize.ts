import sanitizeHtml, { type Attributes, type IFrame, type IOptions, type Transformer } from 'sanitize-html'

/** The elements that stay in a body. None of these elements runs code or applies a style (`docs/security.md`). */
const tags = [
  ...'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd'.split(' '),
  ...'table caption colgroup col thead tbody tfoot tr th td figure figcaption img'.split(' '),
  ...'a span strong b em i u s sub sup small mark del ins abbr cite q code'.split(' '),
]
/**
 * Elements that are removed together with their text, because the text is code, a fallback, or not meant for people.
 */
const nonTextTags =
  'script style textarea option noscript noembed noframes template svg math xmp title iframe object audio video canvas'
/** Boxes that become a `div`. If only their tags were removed, their texts would run together. */
const boxes =
  'section article header footer main aside nav address details summary fieldset legend form center menu dir'

const storedFile = /^files\/[0-9a-f]{32}\.[a-z0-9]{1,8}$/
const webAddress = /^https?:\/\/[^\s/]/i
const linkAddress = /^(?:https?:\/\/[^\s/]|mailto:[^\s])/i
/** Elements that are removed if they contain neither text nor a picture. */
const emptyBlocks = new Set(
  `${boxes} p h1 h2 h3 h4 h5 h6 div figcaption figure li ul ol dl dt dd blockquote pre caption`.split(' '),
)
const emptyInlines = new Set('a span strong b em i u s strike sub sup small mark del ins abbr cite q code'.split(' '))

const maxRounds = 5
/** A paragraph of text only. Sanitising does not change it, and most paragraphs are of this kind. */
const plainParagraph = /^<p>(?=[^<>&]*[^<>&\s])[^<>&\0\r]+<\/p>$/

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
  // The address of a picture is the path of a stored file, so no scheme is allowed.
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
 * Sanitises the HTML of a body. No script, style, form, frame or event handler is left. Addresses of links begin with
 * http, https or mailto. A picture stays only if its address is a stored file in `files/`. Any other picture becomes a
 * `missing-picture` placeholder. The placeholder keeps a web address, so that the picture can be downloaded later. A
 * second call changes nothing.
 */
export function sanitizeBody(html: string): string {
  if (plainParagraph.test(html)) return html
  let clean = sanitizeOnce(html)
  // Sanitises again until nothing changes, because a removed element may leave a block inside a paragraph, which the
  // next parser would split.
  for (let round = 1; round < maxRounds; round++) {
    const again = sanitizeOnce(clean)
    if (again === clean) break
    clean = again
  }
  return clean
}

function sanitizeOnce(html: string): string {
  // Position of the last picture, rule (`hr`) or unwrapped text. An element that begins after this position does not
  // contain it.
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

/**
 * Returns a function that removes the attributes in `names` unless their value is a whole number from 1 to `max`. A
 * cell that spans a million rows would stall a browser.
 */
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
