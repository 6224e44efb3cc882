import { createGunzip } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'
import type { Entry } from '../../shared/source'
import { decodeMarkup } from './decode-markup'
import { readFeedDate } from './feed-dates'
import { htmlToText } from './html-to-text'
import { resolveLink } from './resolve-link'

/** A parsed sitemap. `index` lists other sitemaps, `pages` lists pages. */
export interface Sitemap {
  kind: 'pages' | 'index'
  /** The pages. A news sitemap also gives their titles and dates. */
  entries: SitemapEntry[]
  /** The sitemaps of an index, with the time of their last change. */
  sitemaps: { url: string; changedAt: string | null }[]
  /** Whether the rest of the sitemap was left out because of a limit. */
  isCut: boolean
}

/** A page of a sitemap. Only a news sitemap gives `publishedAt`. `changedAt` is the last change of the page. */
export interface SitemapEntry extends Entry {
  url: string
  changedAt: string | null
}

/** The limits of sitemaps.org for one file: entries, and bytes after decompression. */
export const sitemapLimits = { maxEntries: 50_000, maxBytes: 50 * 1024 * 1024 } as const
/** Maximum nesting depth of elements. */
const maxDepth = 64
const chunkLength = 65_536
/**
 * Maximum length of the text of one element, in characters. The number of text pieces in one element has the same
 * limit.
 */
const maxTextLength = 5_000

/**
 * Reads a sitemap, gzipped or not: sitemaps.org 0.9, with or without Google's news extension, or a plain text of
 * addresses. Returns null if the bytes are not a sitemap. Throws `answer-too-large` if the decompressed sitemap exceeds
 * the limit. Details: `url`, `limitMb`.
 */
export async function readSitemap(bytes: Uint8Array, address: string): Promise<Sitemap | null> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = decodeMarkup(isGzip ? await gunzip(bytes, address) : bytes)
  if (/^\s*https?:/i.test(text)) return readPlainList(text, address)
  return readSitemapXml(text, address)
}

/** Reads one address per line, which sitemaps.org allows. Returns null if a line is not an address. */
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
    // No encoding is set on the stream, so the stream yields buffers.
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
    // If the data is truncated or damaged, the bytes before the damage are still read. Truncated XML is also read up to
    // its end.
  }
  return Buffer.concat(parts)
}
