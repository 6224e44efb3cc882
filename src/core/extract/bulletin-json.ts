import * as z from 'zod/mini'
import {
  attachmentSchema,
  bulletinSourceSchema,
  type BulletinText,
  figureSchema,
  missingFileSchema,
  publishedSchema,
  type RepairName,
  repairSchema,
} from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { findDate, unknownDate } from '../text/dates'
import { escapeHtml } from '../text/escape-html'
import { mergeRepairs } from '../text/repair/normalize'
import { firstSentence } from '../text/sentences'
import { parseAddress } from './html/resolve-address'
import { maxTitleFromTextLength } from './bulletin-text'
import { repairHtml, repairField, type RepairOptions } from './repair-field'
import type { Extraction } from './extraction'
import { checkHtmlLimits } from './limits'
import type { PageMedia } from './page-media'
import { sanitizeBody } from '../text/sanitize'

const optionalText = z.nullish(z.string())
/**
 * The fields that this program reads from the output of `show --format json`. Every field is optional, because another
 * program may write only some of them.
 */
const documentSchema = z.object({
  title: optionalText,
  summary: optionalText,
  author: optionalText,
  published: z.optional(publishedSchema),
  publishedAt: optionalText,
  bodyHtml: optionalText,
  bodyText: optionalText,
  figures: z._default(z.array(figureSchema), []),
  attachments: z._default(z.array(z.partial(attachmentSchema)), []),
  missing: z._default(z.array(z.pick(missingFileSchema, { role: true, address: true, name: true })), []),
  repairs: z._default(z.array(repairSchema), []),
  source: z._default(z.partial(bulletinSourceSchema), {}),
  url: optionalText,
  captures: z._default(z.array(z.object({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })), []),
})

/** What the caller knows about an exported document besides its JSON. */
interface DocumentContext {
  name: string
  undone: readonly RepairName[]
  /** Returns a new function that lists the repairs to the file's encoding. */
  trace(): RepairOptions['trace']
}

/**
 * Reads a bulletin from JSON, in the form that `show --format json` prints. The file may come from anywhere, so its
 * content is not trusted. A schema checks the fields, and the body is sanitised. Names of pictures and files must have
 * the form that the library gives them. Throws `not-a-bulletin`, `no-text` or `too-complex` (details: name).
 */
export function readBulletinJson(
  json: string,
  { name, undone: undoneByUser, trace }: DocumentContext,
): Pick<Extraction, 'text' | 'media' | 'address' | 'source'> & { origin: string | null } {
  const document = parseDocument(json, name)
  const repairs = [...document.repairs]
  const undone = [...undoneByUser, ...repairs.filter((repair) => repair.undone)]
  const traced = { undone, trace: trace() }
  const repairText = (value: string | null | undefined, field: RepairName['field']): string => {
    const result = repairField(value ?? '', field, traced)
    repairs.push(...result.repairs)
    return result.text.trim()
  }
  const repairOptional = (value: string | null | undefined, field: RepairName['field']): string | null => {
    const result = repairText(value, field)
    return result === '' ? null : result
  }
  checkHtmlLimits(document.bodyHtml ?? '', name)
  const html = sanitizeBody(document.bodyHtml ?? renderParagraphs(document.bodyText ?? ''))
  const bodyText = repairText(document.bodyText ?? extractText(html), 'body')
  const givenTitle = repairText(document.title, 'title').replace(/\s+/gu, ' ')
  const title = givenTitle === '' ? firstSentence(bodyText, maxTitleFromTextLength) : givenTitle
  if (title === '') throw new AppError('no-text', `read document ${name}: no text`, { name })
  const { bodyHtml, pictures } = takePictures(repairHtml(html, 'body', { undone, trace: trace() }))
  const text: BulletinText = {
    title,
    summary: repairOptional(document.summary, 'summary'),
    author: repairOptional(document.author, 'author'),
    published: readPublished(document),
    language: 'vi',
    bodyHtml,
    bodyText,
    figures: document.figures.map(({ caption, alt }) => ({
      file: null,
      caption: repairOptional(caption, 'caption'),
      alt: repairOptional(alt, 'caption'),
    })),
    attachments: [],
    repairs: mergeRepairs(repairs),
  }
  const url = parseAddress(document.url ?? '')
  const host = url !== null && /^https?:$/.test(url.protocol) ? url.hostname : null
  return {
    text,
    media: { pictures, attachments: collectAttachments(document) },
    address: host === null || url === null ? null : url.href,
    origin: document.captures[0]?.sha256 ?? null,
    source: { id: null, name: document.source.name ?? null, host: document.source.host ?? host },
  }
}

type BulletinJson = z.infer<typeof documentSchema>

function parseDocument(json: string, name: string): BulletinJson {
  const createError = (why: string, cause?: unknown): AppError =>
    new AppError('not-a-bulletin', `read document ${name}: ${why}`, { name }, { cause })
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ''))
  } catch (cause) {
    throw createError('not JSON', cause)
  }
  const parsed = documentSchema.safeParse(value)
  if (!parsed.success) throw createError('does not match the schema', parsed.error)
  const { title, bodyHtml, bodyText } = parsed.data
  if ((bodyHtml ?? bodyText) == null || (title == null && bodyText == null && bodyHtml == null))
    throw createError('neither title nor body')
  return parsed.data
}

function readPublished({ published, publishedAt }: BulletinJson): BulletinText['published'] {
  const isDate = published?.value == null || findDate(published.value) !== null
  if (published !== undefined && isDate) return published
  const found = findDate(publishedAt ?? '')
  return found === null ? unknownDate : { ...found, from: 'meta' }
}

/**
 * Lists the attachments. A stored file has the path of that file. A missing file has its web address, so that the
 * library can download it later.
 */
function collectAttachments({ attachments, missing }: BulletinJson): PageMedia['attachments'] {
  return [
    ...attachments.flatMap(({ file, name = '', address }) => {
      const reference = file === undefined ? undefined : `files/${file}`
      const at = address ?? reference
      return at === undefined ? [] : [{ address: at, name, ...(reference === undefined ? {} : { file: reference }) }]
    }),
    ...missing.flatMap(({ role, address, name }) => (role === 'attachment' ? [{ address, name }] : [])),
  ]
}

/**
 * Replaces the stored pictures in the HTML with placeholders. If the file of a picture is beside the document, the
 * caller puts the picture back in the place of its placeholder.
 */
function takePictures(html: string): { bodyHtml: string; pictures: PageMedia['pictures'] } {
  const pictures: PageMedia['pictures'] = []
  let [figure, isInFigure] = [-1, false]
  const addPicture = (address: string): void => void pictures.push({ address, figure: isInFigure ? figure : null })
  const bodyHtml = html.replace(
    /<(\/?)figure\b|<img src="([^"]*)" alt="([^"]*)" \/>|<span class="missing-picture"(?: data-original="([^"]*)")?>/g,
    (
      whole: string,
      close: string | undefined,
      storedSource: string | undefined,
      alt: string | undefined,
      original?: string,
    ) => {
      if (close !== undefined) {
        isInFigure = close === ''
        if (isInFigure) figure += 1
        return whole
      }
      addPicture((storedSource ?? original ?? '').replaceAll('&amp;', '&'))
      return storedSource === undefined ? whole : `<span class="missing-picture">${alt ?? ''}</span>`
    },
  )
  return { bodyHtml, pictures }
}

function renderParagraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`)
    .join('\n')
}

/**
 * Returns the plain text of an HTML body. The function is used for a document without `bodyText`. A blank line
 * separates blocks. Captions are left out.
 */
function extractText(html: string): string {
  return html
    .replace(/<figcaption>[\s\S]*?<\/figcaption>|<span class="missing-picture"[^>]*>[^<]*<\/span>/g, '')
    .replace(/<br \/>/g, ' ')
    .replace(/<\/(?:p|h[2-4]|li|tr|blockquote|pre|div|dt|dd|caption)>/g, '\n\n')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities[entity] ?? entity)
    .split(/\n\s*\n/)
    .map((block) => block.replace(/\s+/gu, ' ').trim())
    .filter((block) => block !== '')
    .join('\n\n')
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00a0',
}
