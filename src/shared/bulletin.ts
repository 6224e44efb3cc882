import * as z from 'zod/mini'
import { encodings } from './text/encodings'

/** The publication date of a bulletin, as the page of the bulletin gives it. */
export const publishedSchema = z.object({
  /** The date in ISO 8601: a time with +07:00, YYYY-MM-DD or YYYY-MM. The value is null if the page gives no date. */
  value: z.nullable(z.string()),
  precision: z.enum(['minute', 'day', 'month', 'unknown']),
  /** The words of the page that contain the date. */
  asWritten: z.nullable(z.string()),
  from: z.nullable(z.enum(['pack', 'json-ld', 'meta', 'text', 'user'])),
})
/** The type of the values that {@link publishedSchema} accepts. */
export type Published = z.infer<typeof publishedSchema>

/** A correction of received text. The received bytes stay stored, and the user can undo each repair. */
export const repairSchema = z.object({
  /**
   * The kind of fault in the text. `eth`: U+00D0 and U+00F0 in place of Đ and đ. `nfc`: text that was not in NFC.
   * `zero-width`: invisible characters. `tcvn3`, `vni`, …: text in that encoding. `double-utf-8`: UTF-8 that was
   * encoded twice. `stray-bytes`: invalid bytes in UTF-8. `entity`: text that was escaped twice. `look-alike`: letters
   * of other alphabets.
   */
  kind: z.string(),
  rule: z.string(),
  ruleVersion: z.int().check(z.positive()),
  field: z.enum(['title', 'summary', 'author', 'body', 'caption', 'published']),
  /** The number of characters that the repair changed. */
  count: z.int().check(z.positive()),
  undone: z.boolean(),
})
/** The type of the values that {@link repairSchema} accepts. */
export type Repair = z.infer<typeof repairSchema>

/** The name of a repair. One repair consists of all changes by one rule in one field. */
export const repairNameSchema = z.pick(repairSchema, { kind: true, rule: true, field: true })
/** The type of the values that {@link repairNameSchema} accepts. */
export type RepairName = z.infer<typeof repairNameSchema>

/** Tells whether two names belong to the same repair. */
export function isSameRepair(a: RepairName, b: RepairName): boolean {
  return a.kind === b.kind && a.rule === b.rule && a.field === b.field
}

/**
 * A picture of a bulletin. `file` is the name of the picture in the `files/` of the bulletin, or null if the picture is
 * missing.
 */
export const figureSchema = z.object({
  file: z.nullable(z.string()),
  caption: z.nullable(z.string()),
  alt: z.nullable(z.string()),
})
/** The type of the values that {@link figureSchema} accepts. */
export type Figure = z.infer<typeof figureSchema>

/**
 * The size of a stored picture in pixels, after the EXIF orientation is applied. `file` has the same meaning as in
 * {@link figureSchema}.
 */
export const pictureSizeSchema = z.object({
  file: z.string(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
})
/** The type of the values that {@link pictureSizeSchema} accepts. */
export type PictureSize = z.infer<typeof pictureSizeSchema>

/** An attached file of a bulletin (pdf, docx, …), stored in `files/` under `file`. */
export const attachmentSchema = z.object({
  file: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.int().check(z.nonnegative()),
  /**
   * The address from which the file was downloaded, as in the link of the body. The field is absent if the address is
   * unknown.
   */
  address: z.optional(z.string()),
})
/** The type of the values that {@link attachmentSchema} accepts. */
export type Attachment = z.infer<typeof attachmentSchema>

/** A picture or attached file of a bulletin that could not be downloaded. The user can start another attempt. */
export const missingFileSchema = z.object({
  role: z.enum(['picture', 'attachment']),
  address: z.string(),
  /** The name that the user sees. A picture has an empty name. */
  name: z.string(),
  /** The code of the error with which the download failed. */
  code: z.string(),
})
/** The type of the values that {@link missingFileSchema} accepts. */
export type MissingFile = z.infer<typeof missingFileSchema>

/** The facts of an official document (Decree 30/2020/NĐ-CP), as the document writes them. A fact is null if unknown. */
export const officialDocumentSchema = z.object({
  /** The kind of document ("Thông báo", "Quyết định"). */
  kind: z.nullable(z.string()),
  /** What the document is about ("về việc cắt nước"). */
  subject: z.nullable(z.string()),
  /** The number of the document ("45/TB-UBND"). */
  number: z.nullable(z.string()),
  /** The office that issued the document. */
  issuer: z.nullable(z.string()),
  place: z.nullable(z.string()),
  /** The day in the head of the document, as YYYY-MM-DD. The date of publication may be another day. */
  date: z.nullable(z.string()),
  signer: z.nullable(z.string()),
  /** The office that the signer holds ("PHÓ CHỦ TỊCH"). */
  office: z.nullable(z.string()),
  /** The words that say for whom the signer signed ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"). */
  onBehalfOf: z.nullable(z.string()),
})
/** See {@link officialDocumentSchema}. */
export type OfficialDocument = z.infer<typeof officialDocumentSchema>

/** A part of the received page that extraction has left out of the text. */
export const leftOutPartSchema = z.object({
  /** The beginning of the part. */
  text: z.string(),
  /** The number of characters of the part, without white space. */
  letters: z.int().check(z.positive()),
})
/** The type of the values that {@link leftOutPartSchema} accepts. */
export type LeftOutPart = z.infer<typeof leftOutPartSchema>

/** The text of one revision: the result of extraction, stored in `revisions/NNNN.json`. */
export const bulletinTextSchema = z.object({
  title: z.string(),
  summary: z.nullable(z.string()),
  author: z.nullable(z.string()),
  published: publishedSchema,
  language: z.literal('vi'),
  /** The sanitised HTML of the body. Pictures refer to `files/<name>`. */
  bodyHtml: z.string(),
  /** The text of the body only (no title, summary, captions, author), with a blank line between paragraphs. */
  bodyText: z.string(),
  figures: z.array(figureSchema),
  attachments: z.array(attachmentSchema),
  /**
   * The pictures and files that could not be downloaded. The field is absent if the extraction did not search for
   * files.
   */
  missing: z.optional(z.array(missingFileSchema)),
  repairs: z.array(repairSchema),
  /**
   * The facts of an official document. Absent if the bulletin is no official document, or if an earlier version of the
   * program extracted it.
   */
  official: z.optional(officialDocumentSchema),
  /**
   * The parts of the page that have prose and are not in the text, if they hold a fifth of the prose of the page or
   * more. Absent if they hold less.
   */
  leftOut: z.optional(z.array(leftOutPartSchema)),
  /** True if the user has brought back the parts that extraction had left out. Absent otherwise. */
  keepsAll: z.optional(z.literal(true)),
  /**
   * The facts about the decoding of the received bytes. Revisions of earlier versions of the program lack this field.
   */
  decoding: z.optional(
    z.object({
      /** The charset of the bytes, or the Vietnamese encoding in which they were decoded. */
      charset: z.string(),
      /** The encoding that the user chose. The value is null if the program detected the encoding from the content. */
      chosen: z.nullable(z.enum(encodings)),
      /**
       * The number of letters that were lost before the page was received. In the text, each lost letter is U+FFFD or a
       * question mark.
       */
      lost: z.int().check(z.nonnegative()),
    }),
  ),
})
/** The type of the values that {@link bulletinTextSchema} accepts. */
export type BulletinText = z.infer<typeof bulletinTextSchema>

/**
 * The source of a bulletin: the followed source or, if the user follows no such source, the issuer that the page
 * states.
 */
export const bulletinSourceSchema = z.object({
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
  host: z.nullable(z.string()),
})
/** The type of the values that {@link bulletinSourceSchema} accepts. */
export type BulletinSource = z.infer<typeof bulletinSourceSchema>

/** The reasons for which a revision is written (docs/format/library-1.md). */
export const revisionCauses = [
  'first-capture',
  'source-changed',
  're-extracted',
  're-decoded',
  'repair-undone',
  'rebuilt',
  'hand-edited',
] as const

/** A revision as the command `revisions` lists it. Scripts read this output, so later versions may only add fields. */
export const revisionSummarySchema = z.object({
  number: z.int().check(z.positive()),
  cause: z.enum(revisionCauses),
  capturedAt: z.string(),
  digest: z.string(),
  extractor: z.object({ name: z.string(), version: z.int() }),
})
/** The type of the values that {@link revisionSummarySchema} accepts. */
export type RevisionSummary = z.infer<typeof revisionSummarySchema>

/**
 * A stretch of text in a comparison of two revisions. Scripts read this output, so later versions may only add fields.
 */
export const changeSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
/** The type of the values that {@link changeSchema} accepts. */
export type Change = z.infer<typeof changeSchema>

/**
 * The reading position: the index of the block at the top of the view, and the share of this block above the view
 * (0–1). A block is a child of the body, counted from 0.
 */
export const positionSchema = z.object({
  block: z.int().check(z.nonnegative()),
  offset: z.number().check(z.gte(0), z.lte(1)),
})
/** The type of the values that {@link positionSchema} accepts. */
export type Position = z.infer<typeof positionSchema>

const time = z.string().check(z.maxLength(40))

/**
 * A stretch of a bulletin's text, described so that the program can find the stretch in other revisions (see
 * `text/passage-anchoring.ts`).
 */
export const passageSchema = z.looseObject({
  /** The text of the passage. */
  quote: z.string().check(z.minLength(1), z.maxLength(20_000)),
  /** The text before and after the passage. */
  prefix: z.string().check(z.maxLength(200)),
  suffix: z.string().check(z.maxLength(200)),
  /**
   * The start of the passage in the displayed text, in UTF-16 units. The start tells two passages with equal words
   * apart.
   */
  start: z.int().check(z.nonnegative()),
})
/** The type of the values that {@link passageSchema} accepts. */
export type Passage = z.infer<typeof passageSchema>

/** A passage that the user highlighted. Times are UTC. `revision` is the revision that was displayed. */
export const highlightSchema = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-z]{8,32}$/)),
  passage: passageSchema,
  revision: z.int().check(z.positive()),
  made: time,
})
/** The type of the values that {@link highlightSchema} accepts. */
export type Highlight = z.infer<typeof highlightSchema>

/** A passage and the note that the user wrote about the passage. */
export const noteSchema = z.extend(highlightSchema, {
  text: z.string().check(z.minLength(1), z.maxLength(10_000)),
  changed: time,
})
/** The type of the values that {@link noteSchema} accepts. */
export type Note = z.infer<typeof noteSchema>

/** The user's status of a bulletin, stored apart from the document in `status.json`. */
export const statusSchema = z.object({
  read: z.boolean(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  /** The user's folder for the bulletin, or null. */
  folder: z.nullable(z.string()),
  position: z.nullable(positionSchema),
  highlights: z.array(highlightSchema),
  notes: z.array(noteSchema),
})
/** The type of the values that {@link statusSchema} accepts. */
export type Status = z.infer<typeof statusSchema>

/** The status of a new bulletin. */
export const defaultStatus: Status = {
  read: false,
  starred: false,
  tags: [],
  folder: null,
  position: null,
  highlights: [],
  notes: [],
}

/** A capture, as the document of the bulletin lists the capture. */
export const captureSummarySchema = z.object({
  capturedAt: z.string(),
  url: z.nullable(z.string()),
  /** The IP address of the server. The value is null if the capture is a file or was downloaded through a proxy. */
  ip: z.nullable(z.string()),
  status: z.nullable(z.int()),
  sha256: z.string(),
  bytes: z.int().check(z.nonnegative()),
  /** The path below the bulletin's folder: `files/<name>`. */
  file: z.string(),
  originalFileName: z.nullable(z.string()),
})
/** The type of the values that {@link captureSummarySchema} accepts. */
export type CaptureSummary = z.infer<typeof captureSummarySchema>

/**
 * The bulletin that the command `show --format json` prints and that the interface displays. Scripts read this output,
 * so later versions may only add fields.
 */
export const bulletinSchema = z.extend(bulletinTextSchema, {
  id: z.string(),
  publishedAt: z.nullable(z.string()),
  source: bulletinSourceSchema,
  url: z.nullable(z.string()),
  /**
   * The time when the page was first found missing on the portal ("Không còn thấy trên cổng từ ngày …"). The value is
   * null if the page is still there or was not checked.
   */
  goneSince: z.nullable(z.string()),
  /** The other addresses of the bulletin: redirects, canonical addresses, and pages with the same text. */
  otherUrls: z.optional(z.array(z.string())),
  missing: z.array(missingFileSchema),
  revision: z.object({
    number: z.int().check(z.positive()),
    cause: z.enum(revisionCauses),
    capturedAt: z.string(),
    digest: z.string(),
  }),
  /** The number of the newest revision. The field `revision` may hold the number of an older revision. */
  currentRevision: z.int().check(z.positive()),
  captures: z.array(captureSummarySchema),
  /** The sizes of the pictures in the body. A picture is left out if its bytes do not tell its size. */
  pictures: z.array(pictureSizeSchema),
  status: statusSchema,
})
/** The type of the values that {@link bulletinSchema} accepts. */
export type Bulletin = z.infer<typeof bulletinSchema>

/** A bulletin in a list. */
export const listItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.nullable(z.string()),
  /** The start of the body. The value is null if the bulletin has a summary. */
  excerpt: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  source: bulletinSourceSchema,
  read: z.boolean(),
  starred: z.boolean(),
  /** Whether the user has begun to read the bulletin and has not finished. */
  started: z.boolean(),
  attachments: z.int().check(z.nonnegative()),
  /** The name in `files/` of the first stored picture. */
  picture: z.nullable(z.string()),
})
/** The type of the values that {@link listItemSchema} accepts. */
export type ListItem = z.infer<typeof listItemSchema>

/**
 * The orders of a list. A list sorts bulletins by publication date. A bulletin without a publication date is sorted by
 * the date of its first capture.
 */
export const listOrders = ['newest', 'oldest'] as const
/** One entry of {@link listOrders}. */
export type ListOrder = (typeof listOrders)[number]

/**
 * The conditions for the bulletins of a list. A bulletin must meet all conditions. Dates are plain dates (YYYY-MM-DD)
 * in +07:00, and both limits are inclusive.
 */
export const filterSchema = z.strictObject({
  source: z.optional(z.string()),
  unread: z.optional(z.boolean()),
  starred: z.optional(z.boolean()),
  started: z.optional(z.boolean()),
  tag: z.optional(z.string()),
  /** The name of the user's folder that a bulletin must be in. */
  folder: z.optional(z.string()),
  hasAttachment: z.optional(z.boolean()),
  /**
   * Selects bulletins that contain the number of a document: this number, or a number that begins with these characters
   * ("123/QĐ-UBND", "30/2020").
   */
  number: z.optional(z.string().check(z.maxLength(100))),
  /**
   * If the value is true, the list contains only bulletins in the trash. Otherwise the list contains only bulletins
   * outside the trash.
   */
  inTrash: z.optional(z.boolean()),
  since: z.optional(z.iso.date()),
  until: z.optional(z.iso.date()),
})
/** The type of the values that {@link filterSchema} accepts. */
export type Filter = z.infer<typeof filterSchema>
