import { isPortalName, isSectionName, measureSimilarity, titleSeparator } from './title'

/** A part of the title element is the title only if the body contains at least this share of its words. */
const minSharedWords = 0.6

/** Maximum length of the title element, in characters. Comparing a title of megabytes with each line takes minutes. */
const maxTitleLength = 2_000

/**
 * Returns the text of the `<title>` element of a page, even if broken HTML moved this element out of the head. Ignores
 * `<title>` elements of SVG pictures.
 */
export function readDocumentTitle(document: Document): string {
  const element = [...document.querySelectorAll('title')].find((title) => title.closest('svg') === null)
  return (element?.textContent ?? '').slice(0, maxTitleLength).replace(/\s+/gu, ' ').trim()
}

/**
 * Reads the title like {@link readDocumentTitle}, and removes the `<title>` elements from the body. A page without
 * `<body>` has them there, and their text must not become a line of the page.
 */
export function takeDocumentTitle(document: Document, body: Element): string {
  const title = readDocumentTitle(document)
  for (const element of body.querySelectorAll('title')) if (element.closest('svg') === null) element.remove()
  return title
}

/**
 * Finds the longest part of the text of the title element that shares most words with the body. Ignores parts that are
 * the name of the site or of a section. Returns null if no part matches.
 */
export function findTitleInDocumentTitle(documentTitle: string, items: readonly { text: string }[]): string | null {
  const text = items.map((item) => item.text).join(' ')
  const parts = [documentTitle, ...documentTitle.split(titleSeparator)].toSorted((a, b) => a.length - b.length)
  return (
    parts.findLast(
      (part) => !isSectionName(part) && !isPortalName(part) && measureSimilarity(part, text) >= minSharedWords,
    ) ?? null
  )
}
