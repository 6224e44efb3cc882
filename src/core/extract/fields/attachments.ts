import { isOneSentence } from '../../text/sentences'
import { type PageBase, parseAddress, resolveAddress } from '../html/resolve-address'
import { readText } from '../html/element-text'
import { isFileAddress } from '../html/file-address'
import type { PageMedia } from '../page-media'

/** Matches link texts that contain only an action ("Tải về") and not the name of the file. */
const bareLink =
  /^(?:\(?\s*(?:tải\s*(?:về|xuống|tệp|file)?|xem(?:\s+(?:file|tệp|chi\s+tiết|trước))?|download|(?:tại\s+)?đây|file|tệp|click|mở|in|chi\s+tiết)(?:\s+(?:tại\s+)?đây|\s+về)?\s*\)?)?[\s.:]*$/iu
const downloadLink = /^(?:tải\s*(?:về|xuống|tệp|file)|tệp\s+đính\s+kèm|file\s+đính\s+kèm|download)(?!\p{L})/iu
const attachmentPlace = /đính\s*kèm|tải\s*(?:về|xuống)|toàn\s*văn|tài\s*liệu|văn\s*bản\s*kèm|attach/iu
const attachmentName = /attach|dinh-?kem|download|tai-?ve|file-?list|tep/i
/**
 * Names of URL parameters in which the address of a file viewer (`viewer.html?file=…`) holds the address of the file
 * that the viewer shows.
 */
const viewerParameters = ['file', 'url', 'src', 'fileurl', 'link']
/**
 * Maximum number of levels above the body that are searched for files. At each level, the boxes below the body or its
 * ancestor are searched for links to files.
 */
const maxLevels = 4
const maxNameLength = 250
const maxAttachments = 500
const maxLinksInBox = 60

/** Turns each frame that shows a file into a link to that file. Must be called before another step removes frames. */
export function linkFramedFiles(body: Element): void {
  for (const frame of body.querySelectorAll('iframe, embed, object')) {
    const address = frame.getAttribute('src') ?? frame.getAttribute('data-src') ?? frame.getAttribute('data') ?? ''
    const file = findViewedFile(address)
    if (file === null) continue
    const paragraph = body.ownerDocument.createElement('p')
    const link = body.ownerDocument.createElement('a')
    link.setAttribute('href', file)
    link.textContent = frame.getAttribute('title')?.trim() || readFileName(file)
    paragraph.appendChild(link)
    frame.replaceWith(paragraph)
  }
}

/**
 * Finds links to files in the body and right below it. A link leads to a file if its address has the extension of a
 * file, if it has a `download` attribute, or if its text begins with words such as "Tải về". Returns each address once,
 * in page order.
 */
export function findAttachments(root: Element, base: PageBase): PageMedia['attachments'] {
  const found = new Map<string, string>()
  const add = (link: Element): void => {
    const address = resolveAddress(link.getAttribute('href') ?? '', base)
    if (address === null || address.startsWith('data:') || found.size >= maxAttachments) return
    const name = chooseName(link, address)
    if (!found.has(address)) found.set(address, name)
  }
  for (const link of root.querySelectorAll('a[href]')) if (isAttachment(link)) add(link)
  for (const box of findBoxesBelow(root))
    for (const link of box.querySelectorAll('a[href]')) if (isAttachment(link)) add(link)
  return [...found].map(([address, name]) => ({ address, name }))
}

/** Whether a link leads to a file rather than to a page. */
export function isAttachment(link: Element): boolean {
  const address = link.getAttribute('href') ?? ''
  if (/^(?:#|javascript:|mailto:|tel:)/i.test(address.trim()) || address.trim() === '') return false
  return isFileAddress(address) || link.hasAttribute('download') || downloadLink.test(readText([link]).normalize('NFC'))
}

/** Whether a box has a label for attachments and contains a link to a file. Later steps must keep such a box. */
export function isAttachmentBox(box: Element): boolean {
  const links = [...box.querySelectorAll('a[href]')]
  if (links.length === 0 || links.length > maxLinksInBox || !hasAttachmentLabel(box)) return false
  return links.some((link) => isFileAddress(link.getAttribute('href') ?? '')) && box.querySelector('nav, form') === null
}

/** Finds the boxes below the body that have a label for attachments. */
function findBoxesBelow(root: Element): Element[] {
  const boxes: Element[] = []
  let at: Element = root
  for (let level = 0; level < maxLevels && at.parentElement !== null && at.localName !== 'body'; level++) {
    for (let next = at.nextElementSibling; next !== null; next = next.nextElementSibling)
      if (next.querySelector('a[href]') !== null && hasAttachmentLabel(next)) boxes.push(next)
    at = at.parentElement
  }
  return boxes
}

function hasAttachmentLabel(box: Element): boolean {
  const names = `${box.getAttribute('class') ?? ''} ${box.getAttribute('id') ?? ''}`
  if (attachmentName.test(names.replace(/([a-z])([A-Z])/g, '$1-$2'))) return true
  const text = readText([box]).normalize('NFC')
  return text.length < 2000 && attachmentPlace.test(text)
}

/**
 * Chooses the name of a file. The first usable text is chosen: the link text, the `title` of the link, the text beside
 * the link, then the file name in the address.
 */
function chooseName(link: Element, address: string): string {
  const own = readText([link])
  if (!bareLink.test(own.normalize('NFC')) && own.length <= maxNameLength) return own
  const title = link.getAttribute('title')?.trim() ?? ''
  if (!bareLink.test(title.normalize('NFC')) && title.length <= maxNameLength) return title
  const row = link.closest('li, tr, p') ?? link.parentElement
  const rowText = row === null || row.querySelectorAll('a').length > 1 ? '' : readText([row]).replace(own, ' ')
  const label = rowText
    .normalize('NFC')
    .replace(/^(?:tệp|file|tài\s+liệu)?\s*đính\s*kèm\s*:?/iu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s:–-]+|[\s:(–-]+$/gu, '')
  const isName = label !== '' && label.length <= maxNameLength && !bareLink.test(label) && isOneSentence(label)
  return isName ? label : readFileName(address)
}

function findViewedFile(address: string): string | null {
  const url = parseAddress(address, 'https://page.invalid/')
  if (url === null) return null
  for (const name of viewerParameters) {
    const value = url.searchParams.get(name)
    if (value !== null && isFileAddress(value)) return value
  }
  return isFileAddress(url.pathname) ? address : null
}

function readFileName(address: string): string {
  const url = parseAddress(address, 'https://page.invalid/')
  const part = url?.pathname.split('/').findLast((piece) => piece !== '') ?? ''
  try {
    return decodeURIComponent(part) || address
  } catch {
    return part // the name contains bytes of an old encoding and stays unchanged
  }
}
