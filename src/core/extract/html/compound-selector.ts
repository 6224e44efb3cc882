/** A selector for one element: a tag, classes and ids (".sapo", "#top"), and conditions on attributes. */
export interface Compound {
  tag: string | undefined
  names: readonly string[]
  attributes: readonly { name: string; operator: string; value: string }[]
  /** Tags that the element must not have. */
  notTags: readonly string[]
}

const compound = /^([a-z][a-z0-9]*)?((?:[.#][\w-]+|\[[\w-]+(?:[~^$*]?="[^"\\]+")?\]|:not\([a-z][a-z0-9]*\))*)$/
const piece = /([.#][\w-]+)|\[([\w-]+)(?:([~^$*]?=)"([^"\\]+)")?\]|:not\(([a-z0-9]+)\)/g
const maxParsed = 2000
const parsed = new Map<string, Compound | null>()

/**
 * Parses a selector for one element. Returns null for any other selector, for example "a > b". The results are kept,
 * because each page is searched for the same selectors.
 */
export function parseCompound(selector: string): Compound | null {
  const known = parsed.get(selector)
  if (known !== undefined) return known
  if (parsed.size >= maxParsed) parsed.clear()
  const found = parse(selector)
  parsed.set(selector, found)
  return found
}

function parse(selector: string): Compound | null {
  const [whole, tag, rest = ''] = compound.exec(selector) ?? []
  if (whole === undefined || whole === '') return null
  const pieces = [...rest.matchAll(piece)]
  return {
    tag,
    names: pieces.flatMap(([, name]) => name ?? []),
    attributes: pieces.flatMap(([, , name, operator = '', value = '']) =>
      name === undefined ? [] : [{ name, operator, value }],
    ),
    notTags: pieces.flatMap(([, , , , , notTag]) => notTag ?? []),
  }
}

/** Whether an element matches a selector. */
export function matchesCompound(element: Element, { tag, names, attributes, notTags }: Compound): boolean {
  if ((tag !== undefined && element.localName !== tag) || notTags.includes(element.localName)) return false
  return (
    names.every((name) => hasName(element, name)) &&
    attributes.every(({ name, operator, value }) => matchesValue(element.getAttribute(name), operator, value))
  )
}

function hasName(element: Element, name: string): boolean {
  if (name.startsWith('#')) return element.getAttribute('id') === name.slice(1)
  return (element.getAttribute('class') ?? '').split(/\s+/).includes(name.slice(1))
}

function matchesValue(found: string | null, operator: string, value: string): boolean {
  if (found === null) return false
  switch (operator) {
    case '':
      return true
    case '=':
      return found === value
    case '~=':
      return found.split(/\s+/).includes(value)
    case '^=':
      return found.startsWith(value)
    case '$=':
      return found.endsWith(value)
    default:
      return found.includes(value)
  }
}
