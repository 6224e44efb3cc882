import * as z from 'zod/mini'
import { encodings } from './text/encodings'

/** When a bulletin was published, as far as its page says. */
export const publishedSchema = z.object({
  /** ISO 8601: with +07:00 where the page gives a time, a plain date (YYYY-MM-DD) or month (YYYY-MM) where not; null where unknown. */
  value: z.nullable(z.string()),
  precision: z.enum(['minute', 'day', 'month', 'unknown']),
  /** The words of the page the value was read from. */
  asWritten: z.nullable(z.string()),
  from: z.nullable(z.enum(['pack', 'json-ld', 'meta', 'text', 'user'])),
})
/** See {@link publishedSchema}. */
export type Published = z.infer<typeof publishedSchema>

/** A change made to received text so that it reads right; the raw bytes stay, and each can be undone. */
export const repairSchema = z.object({
  /**
   * `eth`: U+00D0/U+00F0 for Đ/đ · `nfc`: not NFC · `zero-width`: invisible characters · `tcvn3`, `vni`, … : read in that
   * encoding · `double-utf-8` · `stray-bytes` · `entity`: escaped twice · `look-alike`: letters of other alphabets
   */
  kind: z.string(),
  rule: z.string(),
  ruleVersion: z.int().check(z.positive()),
  field: z.enum(['title', 'summary', 'author', 'body', 'caption', 'published']),
  /** How many characters were changed. */
  count: z.int().check(z.positive()),
  undone: z.boolean(),
})
/** See {@link repairSchema}. */
export type Repair = z.infer<typeof repairSchema>

/** Which repair of a text is meant: every change of one rule in one field. */
export const repairNameSchema = z.pick(repairSchema, { kind: true, rule: true, field: true })
/** See {@link repairNameSchema}. */
export type RepairName = z.infer<typeof repairNameSchema>

/** Whether two names mean the same repair. */
export function isSameRepair(a: RepairName, b: RepairName): boolean {
  return a.kind === b.kind && a.rule === b.rule && a.field === b.field
}

/** A picture of a bulletin. `file` is its name in the bulletin's `files/`, null while it could not be had. */
export const figureSchema = z.object({
  file: z.nullable(z.string()),
  caption: z.nullable(z.string()),
  alt: z.nullable(z.string()),
})
/** See {@link figureSchema}. */
export type Figure = z.infer<typeof figureSchema>

/** How large a stored picture is, in pixels as it stands upright (EXIF's orientation is applied). `file` as in {@link figureSchema}. */
export const pictureSizeSchema = z.object({
  file: z.string(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
})
/** See {@link pictureSizeSchema}. */
export type PictureSize = z.infer<typeof pictureSizeSchema>

/** A file the bulletin hands out (pdf, docx, …), kept in `files/` under `file`. */
export const attachmentSchema = z.object({
  file: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.int().check(z.nonnegative()),
  /** Where it came from, as the body links to it; absent where that is not known. */
  address: z.optional(z.string()),
})
/** See {@link attachmentSchema}. */
export type Attachment = z.infer<typeof attachmentSchema>

/** A picture or attached file that a bulletin names and that could not be had yet; it can be asked for again. */
export const missingFileSchema = z.object({
  role: z.enum(['picture', 'attachment']),
  address: z.string(),
  /** As the reader sees it; empty for pictures. */
  name: z.string(),
  /** Why it could not be had. */
  code: z.string(),
})
/** See {@link missingFileSchema}. */
export type MissingFile = z.infer<typeof missingFileSchema>

/** The text of one revision: what extraction yields and `revisions/NNNN.json` keeps. */
export const bulletinTextSchema = z.object({
  title: z.string(),
  summary: z.nullable(z.string()),
  author: z.nullable(z.string()),
  published: publishedSchema,
  language: z.literal('vi'),
  /** Sanitised HTML of the body; pictures refer to `files/<name>`. */
  bodyHtml: z.string(),
  /** The body alone (no title, summary, captions, author); paragraphs separated by one blank line. */
  bodyText: z.string(),
  figures: z.array(figureSchema),
  attachments: z.array(attachmentSchema),
  /** Absent where nothing was looked for. */
  missing: z.optional(z.array(missingFileSchema)),
  repairs: z.array(repairSchema),
  /** How the received bytes became text; absent in revisions from before it was noted. */
  decoding: z.optional(
    z.object({
      /** The charset of the bytes, or the Vietnamese encoding they read in. */
      charset: z.string(),
      /** Chosen by the reader; null where it was decided by content. */
      chosen: z.nullable(z.enum(encodings)),
      /** Letters that were lost before the page was received: U+FFFD, or a question mark, stands for each. */
      lost: z.int().check(z.nonnegative()),
    }),
  ),
})
/** See {@link bulletinTextSchema}. */
export type BulletinText = z.infer<typeof bulletinTextSchema>

/** Who issued a bulletin: the followed source where there is one, else what the page says. */
export const bulletinSourceSchema = z.object({
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
  host: z.nullable(z.string()),
})
/** See {@link bulletinSourceSchema}. */
export type BulletinSource = z.infer<typeof bulletinSourceSchema>

/** Why a revision was written (FORMAT). */
export const revisionCauses = [
  'first-capture',
  'source-changed',
  're-extracted',
  're-decoded',
  'repair-undone',
  'rebuilt',
  'hand-edited',
] as const

/** One revision as `revisions ID` lists it (CLI: a contract, extended only). */
export const revisionSummarySchema = z.object({
  number: z.int().check(z.positive()),
  cause: z.enum(revisionCauses),
  capturedAt: z.string(),
  digest: z.string(),
  extractor: z.object({ name: z.string(), version: z.int() }),
})
/** See {@link revisionSummarySchema}. */
export type RevisionSummary = z.infer<typeof revisionSummarySchema>

/** A stretch of text of a comparison (CLI: a contract). */
export const changeSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
/** See {@link changeSchema}. */
export type Change = z.infer<typeof changeSchema>

/** Where reading stopped: the block (child of the body, from 0) at the top of the view and how far it was scrolled past (0–1). */
export const positionSchema = z.object({
  block: z.int().check(z.nonnegative()),
  offset: z.number().check(z.gte(0), z.lte(1)),
})
/** See {@link positionSchema}. */
export type Position = z.infer<typeof positionSchema>

const time = z.string().check(z.maxLength(40))

/** A stretch of a bulletin's text, kept so that it is found again in another version of it (see `passages.ts`). */
export const passageSchema = z.looseObject({
  /** The words themselves. */
  quote: z.string().check(z.minLength(1), z.maxLength(20_000)),
  /** What stood before and after it. */
  prefix: z.string().check(z.maxLength(200)),
  suffix: z.string().check(z.maxLength(200)),
  /** Where it began, in UTF-16 units from the beginning of the text that is read: tells equal places apart. */
  start: z.int().check(z.nonnegative()),
})
/** See {@link passageSchema}. */
export type Passage = z.infer<typeof passageSchema>

/** A passage its reader coloured. Times are UTC; `revision` is the version that was being read. */
export const highlightSchema = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-z]{8,32}$/)),
  passage: passageSchema,
  revision: z.int().check(z.positive()),
  made: time,
})
/** See {@link highlightSchema}. */
export type Highlight = z.infer<typeof highlightSchema>

/** A passage its reader wrote something about. */
export const noteSchema = z.extend(highlightSchema, {
  text: z.string().check(z.minLength(1), z.maxLength(10_000)),
  changed: time,
})
/** See {@link noteSchema}. */
export type Note = z.infer<typeof noteSchema>

/** The reader's own marks on a bulletin; kept apart from the document (`status.json`). */
export const statusSchema = z.object({
  read: z.boolean(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  /** The reader's own folder it lies in, or null. */
  folder: z.nullable(z.string()),
  position: z.nullable(positionSchema),
  highlights: z.array(highlightSchema),
  notes: z.array(noteSchema),
})
/** See {@link statusSchema}. */
export type Status = z.infer<typeof statusSchema>

/** The status of a bulletin nobody has touched. */
export const defaultStatus: Status = {
  read: false,
  starred: false,
  tags: [],
  folder: null,
  position: null,
  highlights: [],
  notes: [],
}

/** One capture as the document lists it. */
export const captureSummarySchema = z.object({
  capturedAt: z.string(),
  url: z.nullable(z.string()),
  /** The server's address; null for a file, or behind a proxy. */
  ip: z.nullable(z.string()),
  status: z.nullable(z.int()),
  sha256: z.string(),
  bytes: z.int().check(z.nonnegative()),
  /** Path inside the bulletin's folder: `files/<name>`. */
  file: z.string(),
  originalFileName: z.nullable(z.string()),
})
/** See {@link captureSummarySchema}. */
export type CaptureSummary = z.infer<typeof captureSummarySchema>

/** The bulletin as `show --format json` prints it and the interface reads it (CLI: a contract, extended only). */
export const bulletinSchema = z.extend(bulletinTextSchema, {
  id: z.string(),
  publishedAt: z.nullable(z.string()),
  source: bulletinSourceSchema,
  url: z.nullable(z.string()),
  /** Since when its portal no longer has the page ("Không còn thấy trên cổng từ ngày …"); null while it has, or nobody looked. */
  goneSince: z.nullable(z.string()),
  missing: z.array(missingFileSchema),
  revision: z.object({
    number: z.int().check(z.positive()),
    cause: z.enum(revisionCauses),
    capturedAt: z.string(),
    digest: z.string(),
  }),
  /** Number of the newest revision; an older one may be read. */
  currentRevision: z.int().check(z.positive()),
  captures: z.array(captureSummarySchema),
  /** Sizes of the pictures in the body; one whose size can't be read from its bytes is not among them. */
  pictures: z.array(pictureSizeSchema),
  status: statusSchema,
})
/** See {@link bulletinSchema}. */
export type Bulletin = z.infer<typeof bulletinSchema>

/** One row of a list. */
export const listItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.nullable(z.string()),
  /** The beginning of the body, where there is no summary. */
  excerpt: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  source: bulletinSourceSchema,
  read: z.boolean(),
  starred: z.boolean(),
  /** True while reading has begun and not ended. */
  started: z.boolean(),
  attachments: z.int().check(z.nonnegative()),
  /** `files/` name of the first stored picture. */
  picture: z.nullable(z.string()),
})
/** See {@link listItemSchema}. */
export type ListItem = z.infer<typeof listItemSchema>

/** In what order a list stands: by publication, first capture where that is unknown. */
export const listOrders = ['newest', 'oldest'] as const
/** See {@link listOrders}. */
export type ListOrder = (typeof listOrders)[number]

/** Which bulletins a list holds; every given condition must hold. Dates are plain (YYYY-MM-DD), both inclusive, +07:00. */
export const filterSchema = z.strictObject({
  source: z.optional(z.string()),
  unread: z.optional(z.boolean()),
  starred: z.optional(z.boolean()),
  started: z.optional(z.boolean()),
  tag: z.optional(z.string()),
  /** The reader's own folder. */
  folder: z.optional(z.string()),
  hasAttachment: z.optional(z.boolean()),
  /** Names the document of this number, or of one that begins so ("123/QĐ-UBND", "30/2020"). */
  number: z.optional(z.string().check(z.maxLength(100))),
  /** True: only what is in the trash; else nothing of it. */
  inTrash: z.optional(z.boolean()),
  since: z.optional(z.iso.date()),
  until: z.optional(z.iso.date()),
})
/** See {@link filterSchema}. */
export type Filter = z.infer<typeof filterSchema>
