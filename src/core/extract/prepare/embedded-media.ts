import { parseAddress } from '../html/resolve-address'

/** Matches addresses of frames that show advertising, counters or buttons. */
const notContent =
  /doubleclick|googlesyndication|googletagmanager|adservice|adserver|\/ads?[/.?]|recaptcha|hcaptcha|disqus|plugins\/(?:like|share|page|comments|follow)|platform\.twitter\.com\/widgets|addthis|sharethis|chat|livechat|tawk\.to|subiz|analytics/i
const map = /maps?\.google|google\.[a-z.]+\/maps|openstreetmap|goong|\/maps?\//i
const film = /youtube|youtu\.be|vimeo|dailymotion|\/video|tiktok|fptplay|vtv|player/i
const maxAddressLength = 1000
/** Attribute of the line that replaces a sound, a film or a map. */
export const mediaMark = 'data-media-line'
const minFrameSize = 40

/**
 * Replaces each sound, film, map and embedded post with a line that holds its address, because this program does not
 * play them. The user can see in the line what the page had there. The line is a caption, so it is not a part of the
 * text. The caller must first turn frames with files into links.
 */
export function nameEmbeddedMedia(body: Element): void {
  for (const media of body.querySelectorAll(
    'video, audio, amp-video, amp-audio, iframe, amp-iframe, embed, amp-youtube',
  )) {
    const found = media.localName === 'amp-youtube' ? readFilm(media) : readMedia(media)
    if (found !== null) replaceWithLine(media, found.address, found.kind)
  }
}

/** The address of a sound, a film, a map or a post, and the Vietnamese word for this kind of media. */
interface Media {
  address: string
  kind: string
}

function readFilm(film: Element): Media | null {
  const id = film.getAttribute('data-videoid')
  return id === null ? null : { address: `https://www.youtube.com/watch?v=${id}`, kind: 'Video' }
}

function readMedia(media: Element): Media | null {
  if (!/iframe|embed/.test(media.localName)) {
    const address = media.getAttribute('src') ?? media.querySelector('source[src]')?.getAttribute('src') ?? ''
    return isUsable(address) ? { address, kind: media.localName.endsWith('audio') ? 'Âm thanh' : 'Video' } : null
  }
  const address = readFrameAddress(media)
  if (!isUsable(address) || notContent.test(address) || isTiny(media)) return null
  return { address, kind: nameFrame(address) }
}

function readFrameAddress(frame: Element): string {
  const names = ['src', 'data-src', 'data-lazy-src', 'data-original']
  const found = names.map((name) => frame.getAttribute(name) ?? '').find((address) => isUsable(address.trim())) ?? ''
  return found.trim().startsWith('//') ? `https:${found.trim()}` : found.trim()
}

function nameFrame(address: string): string {
  if (map.test(address)) return 'Bản đồ'
  return film.test(address) ? 'Video' : 'Nội dung nhúng'
}

function isUsable(address: string): boolean {
  return address !== '' && address.length <= maxAddressLength && !/^(?:about|javascript|data|blob):/i.test(address)
}

function isTiny(frame: Element): boolean {
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(frame.getAttribute('style') ?? '')) return true
  return ['width', 'height'].some((name) => {
    const size = frame.getAttribute(name) ?? ''
    return /^\d+(?:px)?$/.test(size) && Number.parseInt(size, 10) < minFrameSize
  })
}

function replaceWithLine(media: Element, address: string, kind: string): void {
  const { ownerDocument: document } = media
  const [figure, caption, link] = ['figure', 'figcaption', 'a'].map((name) => document.createElement(name))
  if (figure === undefined || caption === undefined || link === undefined) return
  const title = (media.getAttribute('title') ?? media.getAttribute('aria-label') ?? '').trim()
  figure.setAttribute(mediaMark, '')
  link.setAttribute('href', address)
  link.textContent = `${kind}: ${title === '' ? shorten(address) : title}`
  caption.append(link)
  figure.append(caption)
  media.replaceWith(figure)
}

/** Returns the host and the last part of the path of an address. Returns a relative address unchanged. */
function shorten(address: string): string {
  const url = parseAddress(address)
  if (url === null) return address
  const part = url.pathname.split('/').findLast((piece) => piece !== '')
  return `${url.hostname.replace(/^www\./, '')}${part === undefined ? '' : `/${part}`}`
}
