import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { verifyResultSchema } from '../../../shared/contract/api'
import {
  attachmentSchema,
  bulletinSourceSchema,
  bulletinTextSchema,
  figureSchema,
  highlightSchema,
  noteSchema,
  positionSchema,
  publishedSchema,
  repairSchema,
  revisionCauses,
} from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { sourceSchema } from '../../../shared/source'
import { asReadError, systemCode } from '../../files'

/*
 * Every object below keeps the fields this version does not know: a library of a higher minor version is read and
 * written with all it holds.
 */

/** `library.json`: names the format; `sampleAdded` remembers that the sample was offered once. */
export const libraryDocument = z.looseObject({
  format: z.string(),
  id: z.string(),
  created: z.string(),
  sampleAdded: z.optional(z.boolean()),
})

/** `bulletin.json`: who a bulletin is and which revision is current; no times, those are in captures and revisions. */
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

/** `revisions/NNNN.json`: one dated version of the text, written once. */
export const revisionDocument = z.looseObject({
  number: z.int().check(z.positive()),
  cause: z.enum(revisionCauses),
  capturedAt: z.string(),
  /** Path of the capture below the bulletin's folder. */
  capture: z.string(),
  extractor: z.looseObject({ name: z.string(), version: z.int(), pack: z.nullable(z.string()) }),
  digest: z.string(),
  digestRule: z.string(),
  ...bulletinTextSchema.shape,
  published: z.looseObject(publishedSchema.shape),
  figures: z.array(z.looseObject(figureSchema.shape)),
  attachments: z.array(z.looseObject(attachmentSchema.shape)),
  repairs: z.array(z.looseObject(repairSchema.shape)),
})
/** See {@link revisionDocument}. */
export type RevisionDocument = z.infer<typeof revisionDocument>

const pairs = z.array(z.tuple([z.string(), z.string()]))
/** What the network tells of one request (FORMAT, Captures); a file that was handed in has none of it. */
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
  /** Where the bytes lie as they came, when they were compressed; `file` holds them unpacked. */
  receivedFile: z.optional(z.nullable(z.string())),
  /** Of pictures and attached files: what they are by their content, and what their server calls them. */
  type: z.optional(z.string()),
  originalFileName: z.optional(z.nullable(z.string())),
  /** How the page refers to what was saved beside it or in its archive; absent where that is `targetUri`. */
  reference: z.optional(z.string()),
}

const bytesAndHash = z.looseObject({ bytes: z.int().check(z.nonnegative()), sha256: z.string() })

/** `captures/<time>.json`: what was asked and answered, after WARC's model; for a file only what a file has. */
export const captureDocument = z.looseObject({
  capturedAt: z.string(),
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
        /** Path below the bulletin's folder. */
        file: z.string(),
        ...networkFacts,
      }),
    )
    .check(z.minLength(1)),
})
/** See {@link captureDocument}. */
export type CaptureDocument = z.infer<typeof captureDocument>

/** `status.json`: the reader's own. */
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

/** `tombstones/<id>.json`: what its reader deleted for good, so that nothing brings it back unasked. */
export const tombstoneDocument = z.looseObject({
  id: z.string(),
  addresses: z.array(z.string()),
  /** Of every revision it had. */
  digests: z.array(z.string()),
  at: z.string(),
  reason: z.enum(['emptied-trash']),
})
/** See {@link tombstoneDocument}. */
export type TombstoneDocument = z.infer<typeof tombstoneDocument>

/** `sources/<id>.json`: an issuing body that is followed; shared with the interface. */
export const sourceDocument = sourceSchema

/** A line of `log/events-<year>.jsonl`: what happened to something kept, in PREMIS's words. */
export const eventRecord = z.looseObject({
  at: z.string(),
  /** Name of the program that did it. */
  agent: z.string(),
  type: z.enum(['capture', 'validation', 'recovery', 'ingestion', 'modification', 'deletion', 'migration']),
  /** Bulletin id, folder or file the event is about. */
  object: z.string(),
  outcome: z.enum(['success', 'failure']),
  detail: z.string(),
})
/** See {@link eventRecord}. */
export type EventRecord = Pick<z.infer<typeof eventRecord>, 'at' | 'agent' | 'type' | 'object' | 'outcome' | 'detail'>

/** A line of `log/verify-<year>.jsonl`: a check of the library and all it found. */
export const verifyRecord = z.looseObject({
  at: z.string(),
  agent: z.string(),
  /** Ids of the only bulletins that were checked; null where it was all. */
  only: z.nullable(z.array(z.string())),
  ...verifyResultSchema.shape,
})
/** See {@link verifyRecord}. */
export type VerifyRecord = Pick<z.infer<typeof verifyRecord>, 'at' | 'agent' | 'only' | 'checked' | 'damaged'>

/**
 * A document read from disk and checked. Throws the system's error where there is no file, `read-failed` where the disk
 * does not give it, and `bulletin-damaged` (details: file) where it is not the JSON it should be: empty, cut, NULs,
 * another shape, a folder.
 */
export async function readDocument<T extends z.ZodMiniType>(path: string, schema: T): Promise<z.output<T>> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw unreadDocument(thrown, path)
  })
  return parseDocument(text, schema, path)
}

/** The same, waiting for the disk: quicker where many are read. Throws as {@link readDocument}. */
export function readDocumentNow<T extends z.ZodMiniType>(path: string, schema: T): z.output<T> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    throw unreadDocument(thrown, path)
  }
  return parseDocument(text, schema, path)
}

function unreadDocument(thrown: unknown, path: string): unknown {
  if (systemCode(thrown) !== 'EISDIR') return asReadError(thrown, path)
  return new AppError('bulletin-damaged', `read ${path}: a folder`, { file: path }, { cause: thrown })
}

/** A document's text, checked; `path` names it. Throws `bulletin-damaged` (details: file). */
export function parseDocument<T extends z.ZodMiniType>(text: string, schema: T, path: string): z.output<T> {
  try {
    const value: unknown = JSON.parse(text)
    return schema.parse(value)
  } catch (thrown) {
    throw new AppError('bulletin-damaged', `read ${path}: not a valid document`, { file: path }, { cause: thrown })
  }
}
