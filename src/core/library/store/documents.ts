import * as z from 'zod/mini'
import { verifyResultSchema } from '../../../shared/contract/api'
import {
  attachmentSchema,
  bulletinSourceSchema,
  bulletinTextSchema,
  figureSchema,
  highlightSchema,
  noteSchema,
  leftOutPartSchema,
  officialDocumentSchema,
  positionSchema,
  publishedSchema,
  repairSchema,
  revisionCauses,
} from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { sourceSchema } from '../../../shared/source'
import { asReadError, systemCode } from '../../files'
import { parseStoredTime } from './stored-time'
import { readPlainFile, readPlainFileNow } from '../../trust/plain-files'

/**
 * The schemas of the library's documents. Every schema keeps fields that this version does not know. So this version
 * can read and write a library of a higher minor version without losing data.
 */

/** `library.json`: the format and id of the library. `sampleAdded` tells whether the sample bulletin was ever added. */
export const libraryDocument = z.looseObject({
  format: z.string(),
  id: z.string(),
  created: z.string(),
  sampleAdded: z.optional(z.boolean()),
})

/** Replaces a time that cannot be read. A document of somebody else may hold any text. */
const storedTime = z.pipe(
  z.string(),
  z.transform((value) => (parseStoredTime(value) === null ? new Date(0).toISOString() : value)),
)
/** The date of a bulletin. A date that cannot be read counts as unknown. */
const storedDate = z.pipe(
  publishedSchema.shape.value,
  z.transform((value) => (value === null || parseStoredTime(value) === null ? null : value)),
)

/** `bulletin.json`: the identity and the current revision of a bulletin. Its captures and revisions hold the times. */
export const bulletinDocument = z.looseObject({
  id: z.string(),
  idRule: z.string(),
  addresses: z.array(
    z.looseObject({
      url: z.string(),
      from: z.string(),
      until: z.nullable(z.string()),
      how: z.enum(['typed', 'feed', 'listing', 'redirect', 'canonical', 'republished']),
    }),
  ),
  source: z.looseObject(bulletinSourceSchema.shape),
  relations: z.array(z.looseObject({ type: z.enum(['sameTextAs', 'replaces', 'cites']), id: z.string() })),
  revision: z.int().check(z.positive()),
})
/** See {@link bulletinDocument}. */
export type BulletinDocument = z.infer<typeof bulletinDocument>

/** `revisions/NNNN.json`: one dated version of the text. A revision is written once and never changed. */
export const revisionDocument = z.looseObject({
  number: z.int().check(z.positive()),
  cause: z.enum(revisionCauses),
  capturedAt: storedTime,
  /** The path of the revision's capture, relative to the bulletin's folder. */
  capture: z.string(),
  extractor: z.looseObject({ name: z.string(), version: z.int(), pack: z.nullable(z.string()) }),
  digest: z.string(),
  digestRule: z.string(),
  ...bulletinTextSchema.shape,
  published: z.looseObject({ ...publishedSchema.shape, value: storedDate }),
  figures: z.array(z.looseObject(figureSchema.shape)),
  attachments: z.array(z.looseObject(attachmentSchema.shape)),
  repairs: z.array(z.looseObject(repairSchema.shape)),
  official: z.optional(z.looseObject(officialDocumentSchema.shape)),
  leftOut: z.optional(z.array(z.looseObject(leftOutPartSchema.shape))),
})
/** See {@link revisionDocument}. */
export type RevisionDocument = z.infer<typeof revisionDocument>

const pairs = z.array(z.tuple([z.string(), z.string()]))
/** The fields of a network request (`docs/format/library-1.md`). The capture of an imported file has none of them. */
const networkFacts = {
  date: z.optional(z.string()),
  ip: z.optional(z.nullable(z.string())),
  httpVersion: z.optional(z.string()),
  redirects: z.optional(z.array(z.looseObject({ url: z.string(), status: z.int(), location: z.string() }))),
  requestHeaders: z.optional(pairs),
  responseHeaders: z.optional(pairs),
  contentEncoding: z.optional(z.nullable(z.string())),
  tls: z.optional(z.nullable(z.looseObject({ issuer: z.string(), fingerprint: z.string(), validated: z.boolean() }))),
  serverDate: z.optional(z.nullable(z.string())),
  clockSkewSeconds: z.optional(z.nullable(z.int())),
  userAgent: z.optional(z.string()),
  /**
   * The path of the compressed bytes as received, if the response was compressed. `file` is then the path of the
   * decompressed bytes.
   */
  receivedFile: z.optional(z.nullable(z.string())),
  /** The type of a picture or attached file, as found in its content. */
  type: z.optional(z.string()),
  originalFileName: z.optional(z.nullable(z.string())),
  /** The text by which a saved page or archive refers to the file. Absent if the text is the same as `targetUri`. */
  reference: z.optional(z.string()),
  /**
   * A code made with the key of the user who downloaded a page from a private network address
   * (`docs/notes/2026-12-01-own-marks.md`).
   */
  ownMark: z.optional(z.string()),
}

const bytesAndHash = z.looseObject({ bytes: z.int().check(z.nonnegative()), sha256: z.string() })

/**
 * `captures/<time>.json`: the requests and responses of a capture, modelled on WARC (ISO 28500). The capture of an
 * imported file has fewer fields.
 */
export const captureDocument = z.looseObject({
  capturedAt: storedTime,
  via: z.enum(['network', 'file', 'bundle']),
  originalFileName: z.nullable(z.string()),
  program: z.string(),
  requests: z
    .array(
      z.looseObject({
        role: z.enum(['page', 'picture', 'attachment']),
        targetUri: z.nullable(z.string()),
        status: z.nullable(z.int()),
        received: bytesAndHash,
        decoded: z.extend(bytesAndHash, { charset: z.nullable(z.string()) }),
        /** The path of the stored bytes, relative to the bulletin's folder. */
        file: z.string(),
        ...networkFacts,
      }),
    )
    .check(z.minLength(1)),
})
/** See {@link captureDocument}. */
export type CaptureDocument = z.infer<typeof captureDocument>

/** `status.json`: the user's own data about a bulletin. */
export const statusDocument = z.looseObject({
  read: z._default(z.boolean(), false),
  starred: z._default(z.boolean(), false),
  tags: z._default(z.array(z.string()), []),
  folder: z._default(z.nullable(z.string()), null),
  position: z._default(z.nullable(z.looseObject(positionSchema.shape)), null),
  highlights: z._default(z.array(highlightSchema), []),
  notes: z._default(z.array(noteSchema), []),
})
/** See {@link statusDocument}. */
export type StatusDocument = z.infer<typeof statusDocument>

/**
 * `tombstones/<id>.json`: the record that the user deleted a bulletin for good. Because of this record, no refresh adds
 * the bulletin again.
 */
export const tombstoneDocument = z.looseObject({
  id: z.string(),
  addresses: z.array(z.string()),
  /** The digests of all revisions of the deleted bulletin. */
  digests: z.array(z.string()),
  at: z.string(),
  reason: z.enum(['emptied-trash']),
})
/** See {@link tombstoneDocument}. */
export type TombstoneDocument = z.infer<typeof tombstoneDocument>

/**
 * `sources/<id>.json`: an issuing body that the user follows. `approvals` has one code for each user who has turned the
 * source on, made with this user's key (`docs/notes/2026-12-01-own-marks.md`).
 */
export const sourceDocument = z.extend(z.omit(sourceSchema, { isAsleep: true }), {
  approvals: z.optional(z.array(z.string())),
})
/** See {@link sourceDocument}. */
export type SourceDocument = z.infer<typeof sourceDocument>

/**
 * A line of `log/events-<year>.jsonl`: an event that concerns a stored bulletin or file. The fields are those of
 * PREMIS, a standard for archives.
 */
export const eventRecord = z.looseObject({
  at: z.string(),
  /** The name of the program that caused the event. */
  agent: z.string(),
  type: z.enum(['capture', 'validation', 'recovery', 'ingestion', 'modification', 'deletion', 'migration']),
  /** The bulletin id, the folder or the file that the event concerns. */
  object: z.string(),
  outcome: z.enum(['success', 'failure']),
  detail: z.string(),
})
/** See {@link eventRecord}. */
export type EventRecord = Pick<z.infer<typeof eventRecord>, 'at' | 'agent' | 'type' | 'object' | 'outcome' | 'detail'>

/** A line of `log/verify-<year>.jsonl`: the result of a verification of the library. */
export const verifyRecord = z.looseObject({
  at: z.string(),
  agent: z.string(),
  /** The ids of the bulletins that were checked. Null if all bulletins were checked. */
  only: z.nullable(z.array(z.string())),
  ...verifyResultSchema.shape,
})
/** See {@link verifyRecord}. */
export type VerifyRecord = Pick<z.infer<typeof verifyRecord>, 'at' | 'agent' | 'only' | 'checked' | 'damaged'>

/**
 * Reads a document and parses it. Throws the system's error if the file is missing or is a link. Throws `read-failed`
 * if the disk can't read the file. Throws `bulletin-damaged` (details: file) if the content is not a valid document,
 * for example empty, cut off or full of NUL bytes, or if the path is a folder.
 */
export async function readDocument<T extends z.ZodMiniType>(path: string, schema: T): Promise<z.output<T>> {
  const text = await readPlainFile(path).catch((thrown: unknown) => {
    throw toDocumentError(thrown, path)
  })
  return parseDocument(text.toString('utf8'), schema, path)
}

/**
 * Reads a document synchronously, which takes less time if there are many documents. Throws the errors of
 * {@link readDocument}.
 */
export function readDocumentNow<T extends z.ZodMiniType>(path: string, schema: T): z.output<T> {
  let text: string
  try {
    text = readPlainFileNow(path).toString('utf8')
  } catch (thrown) {
    throw toDocumentError(thrown, path)
  }
  return parseDocument(text, schema, path)
}

function toDocumentError(thrown: unknown, path: string): unknown {
  if (systemCode(thrown) !== 'EISDIR') return asReadError(thrown, path)
  return new AppError('bulletin-damaged', `read ${path}: a folder`, { file: path }, { cause: thrown })
}

/**
 * Parses the text of a document. `path` is the path of the file for errors. Throws `bulletin-damaged` (details: file).
 */
export function parseDocument<T extends z.ZodMiniType>(text: string, schema: T, path: string): z.output<T> {
  try {
    const value: unknown = JSON.parse(text)
    return schema.parse(value)
  } catch (thrown) {
    throw new AppError('bulletin-damaged', `read ${path}: not a valid document`, { file: path }, { cause: thrown })
  }
}
