import { AppError } from '../../shared/errors'
import { nodeCrypto } from '../node-crypto'
import { decodeBody } from './decode-body'
import type { FetchLimits } from './fetch-limits'
import type { FetchResult, ResponseFacts, Validators } from './fetch-result'
import { megabytes, type RawResponse } from './request-once'
import { userAgentOf } from './request-headers'
import { contentType, dispositionName, headerOf, serverDate } from './response-headers'

/** Maximum number of characters of a validator. A longer validator is not sent back to the server. */
const maxValidatorLength = 1024

/** A response, together with the request that it answers. */
export interface AnsweredRequest {
  url: URL
  /** When the request was sent. */
  sentAt: Date
  requestHeaders: [string, string][]
  redirects: ResponseFacts['redirects']
  response: RawResponse
}

/** What {@link readResponse} needs to know beside the response. */
export interface ReadResponseOptions {
  version: string
  now: Date
  limits: FetchLimits
}

/**
 * Decompresses a response and collects the facts for the capture. Throws the errors of {@link decodeBody}. The details
 * of `answer-too-large` contain `limitMb`.
 */
export async function readResponse(
  { url, sentAt, requestHeaders, redirects, response }: AnsweredRequest,
  { version, now, limits }: ReadResponseOptions,
): Promise<FetchResult> {
  const header = (name: string): string | null => headerOf(response.headers, name)
  const contentEncoding = header('content-encoding')
  const bytes = await decodeBody(response.body, contentEncoding, limits).catch((thrown: unknown) => {
    const isTooLarge = thrown instanceof AppError && thrown.code === 'answer-too-large'
    if (!isTooLarge) throw thrown
    throw new AppError(thrown.code, thrown.message, { limitMb: megabytes(limits.maxDecodedBytes) }, { cause: thrown })
  })
  const date = serverDate(header('date'))
  return {
    address: url.href,
    status: response.status,
    bytes,
    received: response.body,
    ...contentType(header('content-type')),
    fileName: dispositionName(header('content-disposition')),
    validators: validatorsOf(header('etag'), header('last-modified')),
    facts: {
      targetUri: url.href,
      date: sentAt.toISOString(),
      ip: response.ip,
      httpVersion: response.httpVersion,
      status: response.status,
      redirects,
      requestHeaders,
      responseHeaders: response.headers,
      contentEncoding,
      received: sizeOf(response.body),
      decoded: sizeOf(bytes),
      tls: response.tls,
      serverDate: date?.toISOString() ?? null,
      clockSkewSeconds: date === null ? null : Math.round((now.getTime() - date.getTime()) / 1000),
      userAgent: userAgentOf(version),
    },
  }
}

function validatorsOf(etag: string | null, lastModified: string | null): Validators {
  const usable = (value: string | null): string | null =>
    value !== null && value.length <= maxValidatorLength && /^[\x20-\x7e]*$/.test(value) ? value : null
  return { etag: usable(etag), lastModified: serverDate(lastModified) === null ? null : usable(lastModified) }
}

function sizeOf(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.byteLength, sha256: nodeCrypto().createHash('sha256').update(bytes).digest('hex') }
}
