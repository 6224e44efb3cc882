import * as z from 'zod/mini'

/**
 * All error codes of Bản Tin. No other code exists. Each code has a sentence in `locales/vi.json` and `locales/en.json`
 * under `error.<code>`, and a test finds missing sentences.
 */
export const errorCodes = [
  // errors of imported files
  'empty-file',
  'binary-file',
  'too-large',
  'unreadable',
  'not-utf8',
  'unsupported-type',
  'no-text',
  'challenge-page',
  'redirect-page',
  'missing-page',
  'script-page',
  'not-a-bulletin',
  'not-beside',
  'too-complex',
  'invalid-pack',
  // errors of the library
  'library-locked',
  'library-read-only',
  'library-newer',
  'library-not-found',
  'library-damaged',
  'disk-full',
  'file-exists',
  'write-failed',
  'read-failed',
  'bulletin-not-found',
  'bulletin-damaged',
  'file-not-found',
  'revision-not-found',
  'repair-not-found',
  'backup-damaged',
  'not-a-backup',
  'backup-newer',
  // errors of the network
  'bad-address',
  'private-address',
  'offline',
  'host-not-found',
  'connection-failed',
  'timed-out',
  'bad-certificate',
  'proxy-failed',
  'bad-redirect',
  'too-many-redirects',
  'answer-too-large',
  'answer-damaged',
  'page-not-found',
  'server-refused',
  'server-busy',
  'not-a-page',
  'page-of-links',
  'wrong-kind',
  'bulletin-full',
  'robots-refused',
  // errors of sources and refreshes
  'source-not-found',
  'source-damaged',
  'source-asleep',
  'library-has-link',
  'not-a-source',
  'not-opml',
  'refresh-not-found',
  'refresh-under-way',
  // errors of settings that are read from a file
  'not-settings',
  'settings-newer',
  // errors of updates
  'update-damaged',
  'update-not-trusted',
  'update-expired',
  'update-replayed',
  'update-not-found',
  'update-failed',
  // errors of calls
  'unknown-method',
  'invalid-input',
  'forbidden',
  'unknown-upload',
  'unknown-job',
  'cancelled',
  // guests and clients of the web host
  'host-busy',
  'output-busy',
  'output-too-large',
  // errors of this machine
  'no-chromium',
  'print-failed',
  'no-printer',
  'wrong-pages',
  'wrong-code',
  'folder-not-writable',
  'name-too-long',
  'open-failed',
  'host-gone',
  'wrong-usage',
  'internal',
] as const

/** One entry of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/**
 * The values for the placeholders in the sentence of an error code. The values are plain, so that IPC and HTTP transfer
 * the values unchanged.
 */
export const errorDetailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
/** The type of the values that {@link errorDetailsSchema} accepts. */
export type ErrorDetails = z.infer<typeof errorDetailsSchema>

/** An error as data for IPC, HTTP and documents: a code for the sentence, and an English message for the log. */
export const errorShapeSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: errorDetailsSchema,
})
/** The type of the values that {@link errorShapeSchema} accepts. */
export type ErrorShape = z.infer<typeof errorShapeSchema>

/**
 * An error in a stored document. A code that only a later version of the program knows becomes `internal`, so that this
 * version can still read the document.
 */
export const storedErrorSchema = z.extend(errorShapeSchema, { code: z.catch(z.enum(errorCodes), 'internal') })

/**
 * The only error class of the project. `message` is an English text for the log and begins with the step that failed.
 * The user sees the sentence of `code`, filled with `details`.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/**
 * Turns any thrown value into an {@link AppError}. A value that is not an `AppError` becomes an error with the code
 * `internal` and with this value as its cause.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('internal', message, {}, { cause: thrown })
}

/** Turns any thrown value into data that crosses IPC and HTTP. */
export function toErrorShape(thrown: unknown): ErrorShape {
  const { code, message, details } = toAppError(thrown)
  return { code, message, details }
}
