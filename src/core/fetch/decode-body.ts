import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { AppError } from '../../shared/errors'
import type { FetchLimits } from './fetch-limits'

/** Maximum number of compressions that are applied to one body. Real servers apply fewer. */
const maxCodings = 2
/**
 * The number of decompressed bytes that is allowed at any compression ratio. Some harmless pages compress
 * very well, for example a table of a hundred empty rows.
 */
const minLimitBytes = 1024 * 1024
const chunkBytes = 64 * 1024

/**
 * Decompresses a body according to its Content-Encoding. Checks the limits during the decompression, so that a
 * decompression bomb stops at a limit. Ignores an unknown coding, and a coding that does not match the bytes, because
 * old servers send wrong headers. Throws `answer-too-large`, `answer-damaged`.
 */
export async function decodeBody(
  received: Uint8Array,
  contentEncoding: string | null,
  limits: Pick<FetchLimits, 'maxDecodedBytes' | 'maxDecodedRatio'>,
): Promise<Uint8Array> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > maxCodings) throw new AppError('answer-damaged', `decode: ${codings.length} nested codings`)
  const maxBytes = Math.min(
    limits.maxDecodedBytes,
    Math.max(minLimitBytes, received.byteLength * limits.maxDecodedRatio),
  )
  let bytes = received
  for (const coding of codings.toReversed()) {
    const decoder = decoderFor(coding, bytes)
    if (decoder !== null) bytes = await decompress(bytes, decoder, maxBytes)
  }
  return bytes
}

function decoderFor(coding: string, bytes: Uint8Array): Transform | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return first === 0x1f && second === 0x8b ? createGunzip() : null
    case 'deflate':
      // Data with the coding `deflate` should begin with a header (RFC 1950), but some servers send only the data (RFC
      // 1951).
      return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? createInflate() : createInflateRaw()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd ? createZstdDecompress() : null
    default:
      return null
  }
}

async function decompress(bytes: Uint8Array, decoder: Transform, maxBytes: number): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return bytes
  const parts: Buffer[] = []
  let length = 0
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  decoder.on('data', (part: Buffer) => {
    length += part.byteLength
    parts.push(part)
    if (length > maxBytes) decoder.destroy(new AppError('answer-too-large', `decode: more than ${maxBytes} bytes`))
  })
  decoder.once('end', () => resolve(undefined))
  decoder.once('error', reject)
  decoder.once('close', () => reject(new Error('ended early')))
  writeChunks(bytes, decoder)
  try {
    await promise
    return Buffer.concat(parts, length)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('answer-damaged', `decode: ${String(cause)}`, {}, { cause })
  } finally {
    decoder.destroy()
  }
}

/** Writes the bytes to a decoder in chunks. Waits when its buffer is full, so that the buffer stays small. */
function writeChunks(bytes: Uint8Array, decoder: Transform): void {
  let at = 0
  const next = (): void => {
    while (at < bytes.byteLength && !decoder.destroyed) {
      const chunk = bytes.subarray(at, at + chunkBytes)
      at += chunk.byteLength
      if (!decoder.write(chunk)) return void decoder.once('drain', next)
    }
    if (!decoder.destroyed) decoder.end()
  }
  next()
}
