import type { Extraction, ReceivedPage } from '../extract/extraction'
import { decodeMarkup } from '../feeds/decode-markup'
import { readFeedTexts } from '../feeds/feed-texts'
import type { FetchAddress, FetchResult } from '../fetch/fetch-result'
import type { TypedHost } from '../fetch/ssrf-guard'
import { canonicalAddress } from '../fetch/url'
import type { Addition } from '../library/changes/addition'
import { collectMedia, type ResolveMedia } from '../media/collect-media'
import { detectFileKind } from '../media/file-kind'
import { createNotBesideError } from '../media/media-errors'
import { escapeHtml } from '../text/escape-html'

/** What a feed or a listing says about a bulletin. */
export interface EntryFacts {
  url: string
  title: string | null
  publishedAt: string | null
}

/** The dependencies of {@link addFilePage} and {@link addFeedText}. */
export interface SubstituteParts {
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  signal: AbortSignal
}

/** The extensions of documents that offices publish without a page. `cfb` is a document of Office before 2007. */
const documentExtensions = new Set(['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'rtf', 'odt', 'ods', 'cfb'])

/** Whether a response is a document file and not a page. */
export async function isDocumentFile({ bytes }: Pick<FetchResult, 'bytes'>): Promise<boolean> {
  const kind = await detectFileKind(bytes)
  return kind !== null && documentExtensions.has(kind.extension)
}

/**
 * Creates the bulletin for an entry whose address leads to a document, such as a decision as PDF. The bulletin has the
 * title of the entry and the document as its attached file. Throws the errors of an extraction.
 */
export async function addFilePage(entry: EntryFacts, fetched: FetchResult, parts: SubstituteParts): Promise<Addition> {
  const { address, bytes, received, facts } = fetched
  const name = readFileName(address)
  const link = `<p><a href="${escapeHtml(address)}" download>${escapeHtml(name)}</a></p>`
  return addPage({ ...entry, url: address, title: entry.title ?? name }, link, {
    ...parts,
    resolve: (wanted) =>
      canonicalAddress(wanted) === canonicalAddress(address)
        ? Promise.resolve({ bytes, received, facts, fileName: name })
        : Promise.reject(createNotBesideError(wanted)),
  })
}

/**
 * Creates the bulletin for an entry whose page no longer exists, from the whole text in a feed. `feeds` are the
 * addresses of the feeds to read. Returns null if no feed has the text. Throws the errors of an extraction.
 */
export async function addFeedText(
  entry: EntryFacts,
  feeds: readonly string[],
  parts: SubstituteParts & { fetchAddress: FetchAddress; typed: TypedHost | undefined; resolve: ResolveMedia },
): Promise<Addition | null> {
  const { fetchAddress, typed, signal } = parts
  const options = { signal, accept: 'feed' as const, ...(typed === undefined ? {} : { typed }) }
  for (const feed of feeds) {
    const fetched = await fetchAddress(feed, options).catch(() => null)
    if (fetched === null) continue // Another feed may have the text.
    const texts = readFeedTexts(decodeMarkup(fetched.bytes, fetched.charset), fetched.address)
    const wanted = canonicalAddress(entry.url)
    const found = [...texts].find(([url]) => canonicalAddress(url) === wanted)?.[1]
    if (found !== undefined) return addPage(entry, found, parts)
  }
  return null
}

/** Extracts a page that is made from the values of the entry and the given HTML. */
async function addPage(
  { url, title, publishedAt }: EntryFacts,
  html: string,
  { extract, signal, resolve }: SubstituteParts & { resolve: ResolveMedia },
): Promise<Addition> {
  const heading = escapeHtml(title ?? url)
  const date =
    publishedAt === null ? '' : `<meta property="article:published_time" content="${escapeHtml(publishedAt)}">`
  const bytes = Buffer.from(
    `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${heading}</title>${date}</head><body><h1>${heading}</h1><div class="noi-dung">${html}</div></body></html>`,
  )
  const page = { bytes, name: 'page.html', address: url, declaredCharset: 'utf-8' }
  const { source, charset, extractor, ...extraction } = await extract(page, signal)
  const { text, files } = await collectMedia(extraction.text, extraction.media, { resolve, signal })
  const host = source.host ?? new URL(url).hostname
  return {
    bytes,
    name: page.name,
    address: url,
    source: { ...source, host },
    text,
    charset: charset.name,
    extractor,
    files,
  }
}

function readFileName(address: string): string {
  const name = new URL(address).pathname.split('/').findLast((part) => part !== '') ?? address
  try {
    return decodeURIComponent(name)
  } catch {
    return name // The name contains bytes of an old encoding.
  }
}
