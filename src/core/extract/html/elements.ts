/** Elements that start a new line. */
const blockElements = new Set(
  'address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul caption'.split(
    ' ',
  ),
)

/** Whether an element starts a new line. */
export function isBlockElement(element: Element): boolean {
  return blockElements.has(element.localName)
}

/** Whether a node is an element. */
export function isElement(node: Node | undefined): node is Element {
  return node?.nodeType === 1
}

/** Whether an element has at least two child elements. `childElementCount` is slower, because it lists all children. */
export function hasSeveralChildren(element: Element): boolean {
  return (element.firstElementChild?.nextElementSibling ?? null) !== null
}

/** Whether a node is a line break. */
export function isBreak(node: Node | undefined): boolean {
  return isElement(node) && node.localName === 'br'
}

const titleName =
  /(?:^|[-_ ])(?:title\w*|\w*title|tieu-?de\w*|\w*tieu-?de|headline\w*|ten-?(?:bai|tin)\w*|subject)(?:[-_ ]|$)/i

/** Whether an element's class or id says that it is a title. */
export function isNamedTitle(element: Element): boolean {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
  return names !== ' ' && titleName.test(names.replace(/([a-z\d])([A-Z])/g, '$1-$2'))
}

/** Whether a node has text or a picture. */
export function hasContent(node: Node): boolean {
  return (
    (node.textContent ?? '').trim() !== '' ||
    (isElement(node) && (node.localName === 'img' || hasDescendant(node, isImage)))
  )
}

/** Whether an element contains a block element. */
export function containsBlock(element: Element): boolean {
  return hasDescendant(element, isBlockElement)
}

/**
 * Whether an element contains an element for which `isKind` returns true. Walks the tree, because a query with a
 * selector is slower.
 */
export function hasDescendant(element: Element, isKind: (inner: Element) => boolean): boolean {
  for (let node = element.firstElementChild; node !== null; node = node.nextElementSibling)
    if (isKind(node) || hasDescendant(node, isKind)) return true
  return false
}

function isImage({ localName }: Element): boolean {
  return localName === 'img'
}
