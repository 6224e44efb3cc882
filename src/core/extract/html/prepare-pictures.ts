import { isElement } from './elements'
import { parseSrcset, pickSrcsetAddress } from './srcset'

/** Attributes that hold the real address of a picture until JavaScript loads the picture. */
const lazyAttributes =
  'data-original data-src data-lazy-src data-original-src data-photo-original-src data-hi-res-src data-full-src data-echo data-lazy data-image data-url'.split(
    ' ',
  )
const lazySets = ['data-srcset', 'data-lazy-srcset', 'srcset']
/** Matches file names of placeholders that a page shows until it has loaded the picture. */
const placeholderName =
  /(?:^|[/_.-])(?:blank|spacer|placeholder|loading|lazy(?:load)?|transparent|pixel|1x1|grey|gray|no-?image)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)/i
/** Matches a picture in a variable of a style sheet: `--sf-img-1: url("data:…")`. */
const groupedPicture = /(--[\w-]+)\s*:\s*url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g
/** Maximum width and height of an icon beside a link, in pixels. */
const maxIconSize = 20
/**
 * Minimum length in characters of the `data:` address of a picture. A shorter one is a placeholder, such as one pixel.
 */
const minDataAddressLength = 400
const pictureBox = /figure|image|img|photo|picture|thumb|avatar|anh|hinh|banner|cover/i

/**
 * Writes the real address of every picture into `src`. The real address is in a lazy attribute, in `srcset`, in
 * `<picture>`, or in the `<noscript>` beside a placeholder. An address for which `isSavedWithPage` returns true is
 * preferred. An empty box with a background picture gets this picture as an `img` element. Icons and counting pixels
 * are removed. The caller must call this function before it removes anything.
 */
export function preparePictures(body: Element, isSavedWithPage: (address: string) => boolean = () => false): void {
  for (const placeholder of body.querySelectorAll('.missing-picture')) restorePicture(placeholder)
  for (const fallback of body.getElementsByTagName('noscript')) applyFallback(fallback)
  for (const image of body.getElementsByTagName('amp-img')) image.replaceWith(convertAmpImage(image))
  restoreGroupedPictures(body)
  for (const image of body.getElementsByTagName('img')) {
    if (isPixel(image) || isIcon(image)) image.remove()
    else image.setAttribute('src', findSavedSource(image, isSavedWithPage) ?? chooseSource(image) ?? '')
  }
  for (const box of body.querySelectorAll('[style*="background"]')) showBackground(box)
}

/**
 * Turns a placeholder of an exported bulletin back into an `img` element. Removes the class from all placeholders, so
 * that a page cannot supply its own placeholders.
 */
function restorePicture(placeholder: Element): void {
  const address = placeholder.getAttribute('data-original')
  placeholder.removeAttribute('class')
  if (address === null) return
  const image = placeholder.ownerDocument.createElement('img')
  image.setAttribute('src', address)
  image.setAttribute('alt', (placeholder.textContent ?? '').trim())
  placeholder.replaceWith(image)
}

/**
 * Restores the addresses of pictures that SingleFile has grouped. If a page shows a picture several times, SingleFile
 * writes the picture once, as a variable of the style sheet. Then SingleFile shows it as the background of empty
 * pictures.
 */
function restoreGroupedPictures(body: Element): void {
  const users = body.querySelectorAll('[style*="var(--"]')
  if (users.length === 0) return
  const addresses = new Map<string, string>()
  for (const sheet of body.ownerDocument.querySelectorAll('style'))
    for (const [, name = '', quoted, single, bare] of (sheet.textContent ?? '').matchAll(groupedPicture))
      addresses.set(name, quoted ?? single ?? bare ?? '')
  for (const element of users) {
    const style = element.getAttribute('style') ?? ''
    const address = addresses.get(/background(?:-image)?\s*:[^;]*var\(\s*(--[\w-]+)/i.exec(style)?.[1] ?? '')
    if (address === undefined) continue
    if (element.localName === 'img') element.setAttribute('src', address)
    else element.setAttribute('style', style.replace(/var\(\s*--[\w-]+\s*\)/i, `url("${address}")`))
  }
}

/** Converts an `amp-img` element, which AMP pages use for pictures, to `img`. */
function convertAmpImage(image: Element): Element {
  const plain = image.ownerDocument.createElement('img')
  for (const name of ['src', 'srcset', 'alt', 'width', 'height']) {
    const value = image.getAttribute(name)
    if (value !== null) plain.setAttribute(name, value)
  }
  return plain
}

/**
 * Returns the first address of a picture that was saved with the page. A browser saves only the candidate that it
 * showed.
 */
function findSavedSource(image: Element, isSavedWithPage: (address: string) => boolean): string | null {
  const picture = image.parentElement?.localName === 'picture' ? image.parentElement : null
  const sources = picture === null ? [] : [...picture.querySelectorAll('source')]
  const plain = ['src', ...lazyAttributes].map((name) => image.getAttribute(name))
  const sets = [image, ...sources].flatMap((each) =>
    lazySets.flatMap((name) => parseSrcset(each.getAttribute(name) ?? '').map(({ address }) => address)),
  )
  return [...plain, ...sets].find((address) => isRealAddress(address) && isSavedWithPage(address)) ?? null
}

/** Returns the best address of a picture, unresolved. Returns null if the picture has only placeholder addresses. */
function chooseSource(image: Element): string | null {
  const lazy = lazyAttributes.map((name) => image.getAttribute(name)).find(isRealAddress)
  if (lazy !== undefined && lazy !== null) return lazy
  const sets = lazySets.map((name) => pickSrcsetAddress(image.getAttribute(name) ?? ''))
  const own = image.getAttribute('src')
  const picture = image.parentElement?.localName === 'picture' ? image.parentElement : null
  const sources = picture === null ? [] : [...picture.querySelectorAll('source')]
  const fromSources = sources.map((source) =>
    lazySets.map((name) => pickSrcsetAddress(source.getAttribute(name) ?? '')).find(isRealAddress),
  )
  return [...sets, ...(isRealAddress(own) ? [own] : []), ...fromSources].find(isRealAddress) ?? null
}

function isRealAddress(address: string | null | undefined): address is string {
  if (address === null || address === undefined || address.trim() === '') return false
  if (/^data:/i.test(address)) return address.length >= minDataAddressLength && !/^data:image\/svg/i.test(address)
  return !placeholderName.test(address) && !/^(?:about|javascript|blob):/i.test(address) && !/^[{[]/.test(address)
}

/**
 * Replaces a `<noscript>` element with the picture inside it. If a placeholder is beside the element, the placeholder
 * gets the address of the picture. If no picture is beside the element, the picture replaces the `<noscript>`, unless
 * the `<noscript>` also has text.
 */
function applyFallback(fallback: Element): void {
  const image = fallback.querySelector('img')
  if (image === null || !isRealAddress(image.getAttribute('src')) || isPixel(image)) return
  const before = fallback.previousElementSibling
  const after = fallback.nextElementSibling
  const lazyImage = [before, after]
    .map((beside) => (beside?.localName === 'img' ? beside : (beside?.querySelector('img') ?? null)))
    .find((beside) => beside !== null && beside !== undefined)
  if (lazyImage === undefined || lazyImage === null) {
    // If the `<noscript>` contains only this picture, the picture replaces the `<noscript>`, because a page without
    // JavaScript shows the picture there.
    if ((fallback.textContent ?? '').trim() === '') fallback.replaceWith(image)
  } else if (chooseSource(lazyImage) === null) {
    for (const name of ['src', 'srcset', 'alt']) {
      const value = image.getAttribute(name)
      if (value !== null && (name !== 'alt' || !lazyImage.hasAttribute('alt'))) lazyImage.setAttribute(name, value)
    }
  }
}

/**
 * Whether a picture is so small that it is an icon. A small picture with alternative text stands for a word and is not
 * an icon.
 */
function isIcon(image: Element): boolean {
  const sizes = [readSize(image, 'width'), readSize(image, 'height')].filter((size) => size !== null)
  return sizes.length > 0 && Math.max(...sizes) <= maxIconSize && (image.getAttribute('alt') ?? '').trim() === ''
}

function isPixel(image: Element): boolean {
  return Math.max(readSize(image, 'width') ?? 99, readSize(image, 'height') ?? 99) <= 2
}

function readSize(element: Element, name: string): number | null {
  const value = element.getAttribute(name) ?? ''
  return /^\d{1,5}(?:px)?$/.test(value) ? Number.parseInt(value, 10) : null
}

function showBackground(box: Element): void {
  const style = box.getAttribute('style') ?? ''
  const address = /background(?:-image)?\s*:[^;]*url\(\s*["']?([^"')]+)["']?\s*\)/i.exec(style.slice(0, 20_000))?.[1]
  if (address === undefined || !isRealAddress(address) || box.querySelector('img') !== null) return
  if ((box.textContent ?? '').trim() !== '' || !isElement(box.parentNode ?? undefined)) return
  const names = `${box.localName} ${box.getAttribute('class') ?? ''} ${box.getAttribute('role') ?? ''} ${box.closest('figure') === null ? '' : 'figure'}`
  if (!pictureBox.test(names)) return
  const image = box.ownerDocument.createElement('img')
  image.setAttribute('src', address)
  image.setAttribute('alt', box.getAttribute('aria-label') ?? box.getAttribute('title') ?? '')
  box.appendChild(image)
}
