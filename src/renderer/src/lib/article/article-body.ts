import createPurifier from 'dompurify'
import type { Bulletin } from '../../../../shared/bulletin'
import type { ArticleContext } from './article-context'
import { groupBlocks } from './group-blocks'

/** Maximum number of characters in a table cell whose column may be as narrow as the cell's longest word. */
const maxNarrowChars = 16

const purifier = createPurifier(window)
const allowedTags =
  'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption img a span strong b em i u s sub sup small mark del ins abbr cite q code'.split(
    ' ',
  )
const allowedAttributes = [
  'href',
  'src',
  'alt',
  'class',
  'colspan',
  'rowspan',
  'scope',
  'start',
  'reversed',
  'title',
  'span',
]

/**
 * Renders the body of a bulletin as nodes of the frame's document. DOMPurify is the second sanitizing layer that
 * docs/security.md describes.
 */
export function renderBody(
  frame: Document,
  { id, bodyHtml, pictures }: Bulletin,
  { say }: ArticleContext,
): HTMLElement {
  // The declared type is always a fragment, but DOMPurify returns null for an empty text.
  const fragment: DocumentFragment | null = purifier.sanitize(bodyHtml, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
  const body = frame.createElement('div')
  body.className = 'body'
  if (fragment !== null) {
    // The pictures are checked before the frame's document adopts them. A document loads each picture that it adopts.
    for (const image of fragment.querySelectorAll('img')) showStoredPicture(image, id, pictures)
    body.append(frame.adoptNode(fragment))
  }
  wrapTables(body, say('ui.table'))
  for (const cell of body.querySelectorAll('td, th')) {
    if ((cell.textContent ?? '').trim().length > maxNarrowChars) cell.classList.add('wordy')
  }
  groupBlocks(body)
  return body
}

/**
 * Shows a stored picture from the library, and removes any other picture. The class `waiting` reserves the picture's
 * space until the picture has loaded.
 */
function showStoredPicture(image: HTMLImageElement, id: string, pictures: Bulletin['pictures']): void {
  const stored = /^files\/([0-9a-f]{32}\.[a-z0-9]{1,8})$/.exec(image.getAttribute('src') ?? '')?.[1]
  if (stored === undefined) return image.remove()
  image.setAttribute('src', `/media/${id}/${stored}`)
  image.classList.add('waiting')
  const size = pictures.find(({ file }) => file === stored)
  if (size === undefined) return
  image.setAttribute('width', String(size.width))
  image.setAttribute('height', String(size.height))
}

/** Puts each outer table into a box that scrolls and that the user can reach by Tab. */
function wrapTables(body: HTMLElement, label: string): void {
  for (const table of body.querySelectorAll('table')) {
    if (table.parentElement?.closest('table') !== null) continue
    const box = body.ownerDocument.createElement('div')
    box.className = 'table-box'
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', label)
    table.replaceWith(box)
    box.append(table)
  }
}
