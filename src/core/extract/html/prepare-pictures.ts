import { isElement } from './elements'
import { parseSrcset, pickSrcsetAddress } from './srcset'

/** Where pages put a picture's real address while it is not yet shown. */
const lazyAttributes =
  'data-original data-src data-lazy-src data-original-src data-photo-original-src data-hi-res-src data-full-src data-echo data-lazy data-image data-url'.split(
    ' ',
  )
const lazySets = ['data-srcset', 'data-lazy-srcset', 'srcset']
/** What stands in a picture's place until it is loaded. */
const placeholderName =
  /(?:^|[/_.-])(?:blank|spacer|placeholder|loading|lazy(?:load)?|transparent|pixel|1x1|grey|gray|no-?image)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)/i
/** Signs beside links are no larger. */
const maxIconSize = 20
/** A real picture in an address has more; a placeholder is one pixel or a drawn box. */
const minDataAddressLength = 400
const pictureBox = /figure|image|img|photo|picture|thumb|avatar|anh|hinh|banner|cover/i

/**
 * Gives every picture its real address in `src`: from lazy attributes, the best candidate of `srcset`, `<picture>`,
 * or the `<noscript>` beside a placeholder. Boxes whose picture is their background become pictures. Pixels that only
 * count readers go. What `isSavedWithPage` says was saved with the page comes before any other address. To be called before
 * anything is removed.
 */
export function preparePictures(body: Element, isSavedWithPage: (address: string) => boolean = () => false): void {
  for (const place of body.querySelectorAll('.missing-picture')) restorePicture(place)
  for (const fallback of body.querySelectorAll('noscript')) applyFallback(fallback)
  for (const image of body.querySelectorAll('amp-img')) image.replaceWith(convertAmpImage(image))
  for (const image of body.querySelectorAll('img')) {
    if (isPixel(image) || isIcon(image)) image.remove()
    else image.setAttribute('src', findSavedSource(image, isSavedWithPage) ?? chooseSource(image) ?? '')
  }
  for (const box of body.querySelectorAll('[style*="background"]')) showBackground(box)
}

/** The place of a picture on a page that we made: it is that picture again, and no page can pass off a place of its own. */
function restorePicture(place: Element): void {
  const address = place.getAttribute('data-original')
  place.removeAttribute('class')
  if (address === null) return
  const image = place.ownerDocument.createElement('img')
  image.setAttribute('src', address)
  image.setAttribute('alt', (place.textContent ?? '').trim())
  place.replaceWith(image)
}

/** AMP's element for pictures as the one all browsers have. */
function convertAmpImage(image: Element): Element {
  const plain = image.ownerDocument.createElement('img')
  for (const name of ['src', 'srcset', 'alt', 'width', 'height']) {
    const value = image.getAttribute(name)
    if (value !== null) plain.setAttribute(name, value)
  }
  return plain
}

/** Of all addresses of a picture the first that was saved with its page: a browser saves the one it showed. */
function findSavedSource(image: Element, isSavedWithPage: (address: string) => boolean): string | null {
  const picture = image.parentElement?.localName === 'picture' ? image.parentElement : null
  const sources = picture === null ? [] : [...picture.querySelectorAll('source')]
  const plain = ['src', ...lazyAttributes].map((name) => image.getAttribute(name))
  const sets = [image, ...sources].flatMap((each) =>
    lazySets.flatMap((name) => parseSrcset(each.getAttribute(name) ?? '').map(({ address }) => address)),
  )
  return [...plain, ...sets].find((address) => isRealAddress(address) && isSavedWithPage(address)) ?? null
}

/** The best address of a picture, as the page writes it; null where there is only a placeholder. */
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

/** A picture for browsers without scripts takes the place of the one that waits for a script, else stands on its own. */
function applyFallback(fallback: Element): void {
  const image = fallback.querySelector('img')
  if (image === null || !isRealAddress(image.getAttribute('src')) || isPixel(image)) return
  const before = fallback.previousElementSibling
  const after = fallback.nextElementSibling
  const waiting = [before, after]
    .map((beside) => (beside?.localName === 'img' ? beside : (beside?.querySelector('img') ?? null)))
    .find((beside) => beside !== null && beside !== undefined)
  if (waiting === undefined || waiting === null) {
    // Alone in its box: the script would have drawn the picture there.
    if ((fallback.textContent ?? '').trim() === '') fallback.replaceWith(image)
  } else if (chooseSource(waiting) === null) {
    for (const name of ['src', 'srcset', 'alt']) {
      const value = image.getAttribute(name)
      if (value !== null && (name !== 'alt' || !waiting.hasAttribute('alt'))) waiting.setAttribute(name, value)
    }
  }
}

/** A sign beside a link, by its size; one that stands for a word says so in its alternative text. */
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
  const called = `${box.localName} ${box.getAttribute('class') ?? ''} ${box.getAttribute('role') ?? ''} ${box.closest('figure') === null ? '' : 'figure'}`
  if (!pictureBox.test(called)) return
  const image = box.ownerDocument.createElement('img')
  image.setAttribute('src', address)
  image.setAttribute('alt', box.getAttribute('aria-label') ?? box.getAttribute('title') ?? '')
  box.appendChild(image)
}
