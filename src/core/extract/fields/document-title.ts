import { isPortalName, isSectionName, measureSimilarity, titleSeparator } from './title'

/** At least this share of the words of a title is also in the body. */
const minSharedWords = 0.6

/** Returns the text of the title element, also if a broken head moved it. Titles of SVG pictures are left out. */
export function readDocumentTitle(document: Document): string {
  const element = [...document.querySelectorAll('title')].find((title) => title.closest('svg') === null)
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}

/**
 * Finds the longest part of the title element whose words are in the body. Names of the site or of a section are
 * ignored. Returns null if there is none.
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
