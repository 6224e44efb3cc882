import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { AppError } from '../../shared/errors'
import type { FetchLimits } from './fetch-limits'

/** More codings around each other than any server has a reason for. */
const maxCodings = 2
/** So small a result is no bomb, whatever its ratio: an empty table of a hundred rows packs very well. */
const harmlessBytes = 1024 * 1024
const pieceBytes = 64 * 1024

/**
 * The content of a body by its Content-Encoding, bounded while it is unpacked: a bomb ends at the limit and not after
 * it. A coding nobody knows, or one the bytes do not have, is taken as none: old servers write such headers. Throws
 * `answer-too-large`, `answer-damaged`.
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
  if (codings.length > maxCodings) throw new AppError('answer-damaged', `decode: ${codings.length} codings`)
  const most = Math.min(limits.maxDecodedBytes, Math.max(harmlessBytes, received.byteLength * limits.maxDecodedRatio))
  let bytes = received
  for (const coding of codings.toReversed()) {
    const decoder = decoderFor(coding, bytes)
    if (decoder !== null) bytes = await unpack(bytes, decoder, most)
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
      // RFC 1950 says with a header; some servers send none (RFC 1951).
      return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? createInflate() : createInflateRaw()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd ? createZstdDecompress() : null
    default:
      return null
  }
}

async function unpack(bytes: Uint8Array, decoder: Transform, most: number): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return bytes
  const parts: Buffer[] = []
  let length = 0
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  decoder.on('data', (part: Buffer) => {
    length += part.byteLength
    parts.push(part)
    if (length > most) decoder.destroy(new AppError('answer-too-large', `decode: more than ${most} bytes`))
  })
  decoder.once('end', () => resolve(undefined))
  decoder.once('error', reject)
  decoder.once('close', () => reject(new Error('ended early')))
  feed(bytes, decoder)
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

/** Piece by piece, at the decoder's own pace: what waits in it is bounded too. */
function feed(bytes: Uint8Array, decoder: Transform): void {
  let at = 0
  const next = (): void => {
    while (at < bytes.byteLength && !decoder.destroyed) {
      const piece = bytes.subarray(at, at + pieceBytes)
      at += piece.byteLength
      if (!decoder.write(piece)) return void decoder.once('drain', next)
    }
    if (!decoder.destroyed) decoder.end()
  }
  next()
}
