import type { FrameLocator } from '@playwright/test'

/** Selects a text of the article, in the same way as a user who drags the mouse over the text. */
export async function selectText(article: FrameLocator, text: string): Promise<void> {
  await article.locator('.bulletin').evaluate((bulletin, wanted) => {
    const document = bulletin.ownerDocument
    const nodes: Text[] = []
    const walker = document.createTreeWalker(bulletin, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text)
    const from = nodes
      .map(({ data }) => data)
      .join('')
      .indexOf(wanted)
    const point = (at: number): [Text, number] => {
      let start = 0
      for (const node of nodes) {
        if (start + node.length >= at) return [node, at - start]
        start += node.length
      }
      throw new Error('the article ends before this place')
    }
    if (from < 0) throw new Error(`the article has no “${wanted}”`)
    document.getSelection()?.setBaseAndExtent(...point(from), ...point(from + wanted.length))
  }, text)
}

/**
 * Returns the texts that a CSS highlight paints in the article. The highlights are annotations, the sentence that is
 * read aloud, and matches of a search.
 */
export async function highlightedTexts(
  article: FrameLocator,
  name: 'marked' | 'noted' | 'spoken' | 'match',
): Promise<string[]> {
  return article.locator('.bulletin').evaluate((bulletin, wanted) => {
    const view = bulletin.ownerDocument.defaultView
    return [...(view?.CSS.highlights.get(wanted) ?? [])].map((painted) => {
      // Matches are static ranges, which have no text of their own.
      const range = bulletin.ownerDocument.createRange()
      range.setStart(painted.startContainer, painted.startOffset)
      range.setEnd(painted.endContainer, painted.endOffset)
      return range.toString()
    })
  }, name)
}

/** Tells whether the first text that a CSS highlight paints is wholly in the visible part of the article. */
export async function isHighlightInView(article: FrameLocator, name: 'noted' | 'spoken'): Promise<boolean> {
  return article.locator('.bulletin').evaluate((bulletin, wanted) => {
    const view = bulletin.ownerDocument.defaultView
    const [range] = view?.CSS.highlights.get(wanted) ?? []
    const { top = -1, bottom = -1 } = (range as Range | undefined)?.getBoundingClientRect() ?? {}
    return top >= 0 && bottom <= (view?.innerHeight ?? 0)
  }, name)
}
