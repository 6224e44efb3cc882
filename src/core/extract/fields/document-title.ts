import { isPortalName, isSectionName, measureSimilarity, titleSeparator } from './title'

/**
 * Minimum share of the words of a part of the title element that occur in the body. A part with a smaller share is not
 * the title.
 */
const minSharedWords = 0.6

/**
 * Maximum number of characters of the title element that are used. Without a limit, a title of megabytes would take
 * minutes to compare.
 */
const maxTitleLength = 2_000

/**
 * Returns the text of the `<title>` element of a page, even if broken HTML moved this element out of the head. Ignores
 * `<title>` elements of SVG pictures.
 */
export function readDocumentTitle(document: Document): string {
  const element = [...document.getElementsByTagName('title')].find((title) => title.closest('svg') === null)
  return (element?.textContent ?? '').slice(0, maxTitleLength).replace(/\s+/gu, ' ').trim()
}

/**
 * Reads the title in the same way as {@link readDocumentTitle}, and removes the `<title>` elements from the body. In a
 * page without `<body>` they stand there, and their text must not become a line of the page.
 */
export function takeDocumentTitle(document: Document, body: Element): string {
  const title = readDocumentTitle(document)
  for (const element of body.getElementsByTagName('title')) if (element.closest('svg') === null) element.remove()
  return title
}

/**
 * Finds the title in the text of the title element: the longest part that shares most of its words with the body.
 * Ignores parts that are the name of the site or of a section. Returns null if no part matches.
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
