import { isPortalName, isSectionName, measureSimilarity, titleSeparator } from './title'

/** So much of a title's words the body has too. */
const minSharedWords = 0.6

/** The text of the title element, wherever a broken head left it. Titles of pictures are left out. */
export function readDocumentTitle(document: Document): string {
  const element = [...document.querySelectorAll('title')].find((title) => title.closest('svg') === null)
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}

/** The part of the title element that says what the body tells; null where it names the site or its section. */
export function findTitleInDocumentTitle(documentTitle: string, items: readonly { text: string }[]): string | null {
  const text = items.map((item) => item.text).join(' ')
  const parts = [documentTitle, ...documentTitle.split(titleSeparator)].toSorted((a, b) => a.length - b.length)
  return (
    parts.findLast(
      (part) => !isSectionName(part) && !isPortalName(part) && measureSimilarity(part, text) >= minSharedWords,
    ) ?? null
  )
}
