import { extname } from 'node:path'
import { parseHTML } from 'linkedom'
import type { BulletinSource, BulletinText, Repair } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { decodeFile } from '../text/charsets'
import { findDate, unknownDate } from '../text/dates'
import { mergeRepairs, normalizeText } from '../text/normalize'
import { type BodyItem, htmlOfItem } from './body-items'
import { type PageParts, readHtmlPage } from './html'
import { type DumpParts, readPageDump } from './plain-text'
import { sanitizeBody } from './sanitize'

/** A page as received. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
}

/** What a page says: the text of a revision and where it comes from. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address the page names for itself, else null. */
  address: string | null
  source: BulletinSource
  charset: { name: 'utf-8'; bom: boolean }
  extractor: { name: 'page-dump' | 'simple-html'; version: number }
}

/** Raised whenever the same bytes would be read differently (FORMAT, revisions). */
const extractorVersion = 1
/** Kinds this version can't take apart yet: refused rather than stored as garbage. */
const laterKinds = new Set(['.mhtml', '.mht', '.json'])

/**
 * Extracts a bulletin from a file: decodes it, takes a text dump or HTML page apart, repairs each field, sanitises
 * the body. What a file is, its content says; its extension only names kinds that are not read yet. Throws
 * `empty-file`, `binary-file`, `not-utf8`, `unsupported-type`, `no-text`, `too-complex`; details: name.
 */
export function extractBulletin({ bytes, name }: ReceivedPage): Extraction {
  const kind = extname(name).toLowerCase()
  const { text, charset } = decodeFile(bytes, name)
  if (laterKinds.has(kind)) throw new AppError('unsupported-type', `extract ${name}: ${kind}`, { name, type: kind })
  const isHtml = /^\.x?html?$/.test(kind) || looksLikeHtml(text)
  const parts = isHtml ? readHtmlPage(text, name) : readPageDump(text)
  const page = 'items' in parts ? parts : pageOfDump(parts)
  return {
    text: bulletinText(page, name),
    address: page.address,
    source: page.source,
    charset,
    extractor: { name: 'items' in parts ? 'simple-html' : 'page-dump', version: extractorVersion },
  }
}

function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|p|h1|table|article|meta)\b/i.test(
    text.replace(/^\ufeff/, ''),
  )
}

function pageOfDump({ title, summary, author, date, content }: DumpParts): PageParts {
  const found = date === null ? null : findDate(date)
  return {
    title,
    summary,
    author,
    published: found === null ? unknownDate : { ...found, from: 'text' },
    items: content.map(({ kind, text }) => ({ kind, text, html: null })),
    address: null,
    source: { id: null, name: null, host: null },
  }
}

function bulletinText(page: PageParts, name: string): BulletinText {
  const repairs: Repair[] = []
  const repaired = (text: string, field: Repair['field']): string => {
    const result = normalizeText(text, field)
    repairs.push(...result.repairs)
    return result.text.replace(/[^\S\u00a0]+/gu, ' ').trim()
  }
  const optional = (text: string | null, field: Repair['field']): string | null => {
    const result = text === null ? '' : repaired(text, field)
    return result === '' ? null : result
  }
  const items = page.items.map((item): BodyItem => {
    const field = item.kind === 'caption' || item.kind === 'figure' ? 'caption' : 'body'
    const html = item.html === null ? null : normalizeText(item.html, field)
    if (html !== null) repairs.push(...html.repairs)
    return {
      ...item,
      html: html?.text ?? null,
      text: html === null ? repaired(item.text, field) : normalizeText(item.text, field).text,
    }
  })
  const title = repaired(page.title, 'title')
  const summary = optional(page.summary, 'summary')
  const author = optional(page.author, 'author')
  const bodyHtml = sanitizeBody(items.map(htmlOfItem).join('\n'))
  const bodyText = bodyTextOf(items)
  if (title === '' && bodyText === '') throw new AppError('no-text', `extract ${name}: no text`, { name })
  return {
    title,
    summary,
    author,
    published: page.published,
    language: 'vi',
    bodyHtml,
    bodyText,
    figures: items
      .filter(({ kind }) => kind === 'figure' || kind === 'caption')
      .map(({ text, alt }) => ({ file: null, caption: text === '' ? null : text, alt: alt ?? null })),
    attachments: [],
    repairs: mergeRepairs(repairs),
  }
}

/** The body alone: captions left out, one blank line between paragraphs, table cells parted by blanks. */
function bodyTextOf(items: readonly BodyItem[]): string {
  return items
    .filter(({ kind }) => kind === 'paragraph' || kind === 'whole')
    .flatMap(({ kind, text, html }) => (kind === 'whole' && html !== null ? linesOfWhole(html) : [text]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** The rows of a table, the items of a list, the paragraphs of a quote. */
function linesOfWhole(html: string): string[] {
  const { document } = parseHTML(`<html><body>${sanitizeBody(html)}</body></html>`)
  const parts = [...document.querySelectorAll('tr, li, dt, dd, p, h2, h3, h4, pre')].filter(
    (element) => element.closest('tr') === element || element.parentElement?.closest('tr, li') === null,
  )
  const lines = (parts.length === 0 ? [document.body] : parts).map((element) =>
    [...(element.localName === 'tr' ? element.children : [element])]
      .map((cell) => (cell.textContent ?? '').replace(/\s+/gu, ' ').trim())
      .join(' '),
  )
  return lines.map((line) => line.trim())
}
