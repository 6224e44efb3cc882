import { createGunzip } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'
import type { Entry } from '../../shared/source'
import { decodeMarkup } from './decode-markup'
import { readFeedDate } from './feed-dates'
import { htmlToText } from './html-to-text'
import { resolveLink } from './resolve-link'

/** A sitemap taken apart: of pages, or of further sitemaps (an index). */
export interface Sitemap {
  kind: 'pages' | 'index'
  /** Pages; a news sitemap gives their titles and dates too. */
  entries: SitemapEntry[]
  /** Sitemaps that an index names, with the time of their last change. */
  sitemaps: { url: string; changedAt: string | null }[]
  isCut: boolean
}

/** A page named by a sitemap. `publishedAt` is a news sitemap's word; `changedAt` is when its page last changed. */
export interface SitemapEntry extends Entry {
  url: string
  changedAt: string | null
}

/** sitemaps.org allows so many pages in one file, and so many bytes once decompressed. */
export const sitemapLimits = { entries: 50_000, bytes: 50 * 1024 * 1024 } as const
const deepest = 64
const chunkLength = 65_536
const longestText = 5_000

/**
 * Reads a sitemap (sitemaps.org 0.9, with Google's news and without, or a plain text of addresses), gzipped or not; null where the
 * bytes are none. Throws `answer-too-large` where it unpacks to more than a sitemap may have; details: url, limitMb.
 */
export async function readSitemap(bytes: Uint8Array, address: string): Promise<Sitemap | null> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = decodeMarkup(isGzip ? await unzipped(bytes, address) : bytes)
  if (/^\s*https?:/i.test(text)) return readPlainList(text, address)
  return readSitemapXml(text, address)
}

/** One address a line, nothing else (sitemaps.org allows it). */
function readPlainList(text: string, address: string): Sitemap | null {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  const urls = lines
    .slice(0, sitemapLimits.entries)
    .map((line) => (/^\s*https?:\/\/\S+\s*$/i.test(line) ? resolveLink(line, address) : null))
  if (urls.includes(null)) return null
  return {
    kind: 'pages',
    entries: urls.filter((url) => url !== null).map((url) => ({ ...emptyEntry, url })),
    sitemaps: [],
    isCut: lines.length > sitemapLimits.entries,
  }
}

const emptyEntry = { title: null, publishedAt: null, summary: null, changedAt: null }

function readSitemapXml(text: string, address: string): Sitemap | null {
  const sitemap: Sitemap = { kind: 'pages', entries: [], sitemaps: [], isCut: false }
  let isSitemap = false
  let isOver = false
  const open: string[] = []
  let fields = new Map<string, string>()
  let pieces: string[] = []

  const endItem = (name: string): void => {
    const url = resolveLink(fields.get('loc') ?? '', address)
    const changedAt = dateIn(fields, 'lastmod')
    if (url === null) return
    if (sitemap.entries.length + sitemap.sitemaps.length >= sitemapLimits.entries) {
      sitemap.isCut = isOver = true
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
          isOver = !isSitemap
        }
        open.push(qualified.includes(':') && !/^(?:news|sm):/i.test(qualified) ? 'other' : name)
        if (open.length > deepest) sitemap.isCut = isOver = true
        if (open.length === 2) fields = new Map()
        pieces = []
      },
      ontext(text) {
        if (pieces.length < longestText) pieces.push(text)
      },
      onclosetag() {
        const name = open.pop() ?? ''
        if (open.length >= 2 && !fields.has(name)) fields.set(name, pieces.join('').slice(0, longestText))
        if (open.length === 1 && (name === 'url' || name === 'sitemap')) endItem(name)
        pieces = []
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isOver; at += chunkLength) parser.write(text.slice(at, at + chunkLength))
  if (!isOver) parser.end()
  return isSitemap ? sitemap : null
}

function dateIn(fields: ReadonlyMap<string, string>, name: string): string | null {
  const text = fields.get(name)
  return text === undefined ? null : readFeedDate(text)
}

async function unzipped(bytes: Uint8Array, address: string): Promise<Uint8Array> {
  const gunzip = createGunzip()
  gunzip.end(bytes)
  const parts: Buffer[] = []
  let length = 0
  try {
    // A stream of buffers: nobody has set an encoding.
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      length += part.byteLength
      if (length > sitemapLimits.bytes)
        throw new AppError(
          'answer-too-large',
          `sitemap ${address}: unpacks to more than ${sitemapLimits.bytes} bytes`,
          {
            url: address,
            limitMb: sitemapLimits.bytes / 1024 / 1024,
          },
        )
      parts.push(part)
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    // Cut off or damaged: what was unpacked before is read, as of an XML that ends in the middle.
  }
  return Buffer.concat(parts)
}
