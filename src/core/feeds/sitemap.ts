import { createGunzip } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'
import type { Entry } from '../../shared/source'
import { decodeMarkup } from './decode-markup'
import { readFeedDate } from './feed-dates'
import { htmlToText } from './html-to-text'
import { resolveLink } from './resolve-link'

/** A parsed sitemap. An `index` lists other sitemaps, and `pages` lists pages. */
export interface Sitemap {
  kind: 'pages' | 'index'
  /** The listed pages. Only a news sitemap also gives titles and dates. */
  entries: SitemapEntry[]
  /** The sitemaps that an index lists, with the time of their last change. */
  sitemaps: { url: string; changedAt: string | null }[]
  /** Whether the rest of the sitemap was ignored because a limit was reached. */
  isCut: boolean
}

/** A page that a sitemap lists. `changedAt` is the time of its last change. Only a news sitemap gives `publishedAt`. */
export interface SitemapEntry extends Entry {
  url: string
  changedAt: string | null
}

/** The limits of sitemaps.org for one file: the number of entries, and the number of bytes after decompression. */
export const sitemapLimits = { maxEntries: 50_000, maxBytes: 50 * 1024 * 1024 } as const
/** Maximum number of nested elements. */
const maxDepth = 64
const chunkLength = 65_536
/** Maximum number of characters of the text of one element, and of pieces in which the parser delivers this text. */
const maxTextLength = 5_000

/**
 * Reads a sitemap, gzipped or not: sitemaps.org 0.9, the same with Google's news extension, or a plain text of
 * addresses. Returns null if the bytes are not a sitemap. Throws `answer-too-large` (details: url, limitMb) if the
 * decompressed sitemap is too large.
 */
export async function readSitemap(bytes: Uint8Array, address: string): Promise<Sitemap | null> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = decodeMarkup(isGzip ? await gunzip(bytes, address) : bytes)
  if (/^\s*https?:/i.test(text)) return readPlainList(text, address)
  return readSitemapXml(text, address)
}

/** Reads a text with one address on each line, which sitemaps.org allows. Returns null if a line is not an address. */
function readPlainList(text: string, address: string): Sitemap | null {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  const urls = lines
    .slice(0, sitemapLimits.maxEntries)
    .map((line) => (/^\s*https?:\/\/\S+\s*$/i.test(line) ? resolveLink(line, address) : null))
  if (urls.includes(null)) return null
  return {
    kind: 'pages',
    entries: urls.filter((url) => url !== null).map((url) => ({ ...emptyEntry, url })),
    sitemaps: [],
    isCut: lines.length > sitemapLimits.maxEntries,
  }
}

const emptyEntry = { title: null, publishedAt: null, summary: null, changedAt: null }

function readSitemapXml(text: string, address: string): Sitemap | null {
  const sitemap: Sitemap = { kind: 'pages', entries: [], sitemaps: [], isCut: false }
  let isSitemap = false
  let isDone = false
  const open: string[] = []
  let fields = new Map<string, string>()
  let pieces: string[] = []

  const endItem = (name: string): void => {
    const url = resolveLink(fields.get('loc') ?? '', address)
    const changedAt = dateIn(fields, 'lastmod')
    if (url === null) return
    if (sitemap.entries.length + sitemap.sitemaps.length >= sitemapLimits.maxEntries) {
      sitemap.isCut = isDone = true
      return
    }
    if (name === 'sitemap') sitemap.sitemaps.push({ url, changedAt })
    else
      sitemap.entries.push({
        url,
        title: htmlToText(fields.get('title') ?? ''),
        publishedAt: dateIn(fields, 'publication_date'),
        summary: null,
        changedAt,
      })
  }

  const parser = new Parser(
    {
      onopentag(qualified) {
        const name = qualified.replace(/^.*:/, '').toLowerCase()
        if (open.length === 0) {
          isSitemap = name === 'urlset' || name === 'sitemapindex'
          sitemap.kind = name === 'sitemapindex' ? 'index' : 'pages'
          isDone = !isSitemap
        }
        open.push(qualified.includes(':') && !/^(?:news|sm):/i.test(qualified) ? 'other' : name)
        if (open.length > maxDepth) sitemap.isCut = isDone = true
        if (open.length === 2) fields = new Map()
        pieces = []
      },
      ontext(text) {
        if (pieces.length < maxTextLength) pieces.push(text)
      },
      onclosetag() {
        const name = open.pop() ?? ''
        if (open.length >= 2 && !fields.has(name)) fields.set(name, pieces.join('').slice(0, maxTextLength))
        if (open.length === 1 && (name === 'url' || name === 'sitemap')) endItem(name)
        pieces = []
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isDone; at += chunkLength) parser.write(text.slice(at, at + chunkLength))
  if (!isDone) parser.end()
  return isSitemap ? sitemap : null
}

function dateIn(fields: ReadonlyMap<string, string>, name: string): string | null {
  const text = fields.get(name)
  return text === undefined ? null : readFeedDate(text)
}

async function gunzip(bytes: Uint8Array, address: string): Promise<Uint8Array> {
  const stream = createGunzip()
  stream.end(bytes)
  const parts: Buffer[] = []
  let length = 0
  try {
    // The stream yields buffers, because no encoding is set on it.
    for await (const part of stream as AsyncIterable<Buffer>) {
      length += part.byteLength
      if (length > sitemapLimits.maxBytes)
        throw new AppError(
          'answer-too-large',
          `sitemap ${address}: decompresses to more than ${sitemapLimits.maxBytes} bytes`,
          {
            url: address,
            limitMb: sitemapLimits.maxBytes / 1024 / 1024,
          },
        )
      parts.push(part)
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    // The gzip data is cut off or damaged. The bytes before the damage are read, and the parser accepts XML that is cut
    // off.
  }
  return Buffer.concat(parts)
}
