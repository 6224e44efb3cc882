/**
 * Creates an element with the given class and content in the document of the maker. Strings become text, never HTML.
 */
export type MakeElement = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: (Node | string)[]
) => HTMLElementTagNameMap[K]

/** Returns a function that creates elements of a document. An empty class name sets no class. */
export function createElementMaker(document: Document): MakeElement {
  return (tag, className, ...content) => {
    const element = document.createElement(tag)
    if (className !== '') element.className = className
    element.append(...content)
    return element
  }
}
