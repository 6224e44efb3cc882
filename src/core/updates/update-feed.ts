import * as z from 'zod/mini'
import { AppError } from '../../shared/errors'
import { nodeCrypto } from '../node-crypto'
import type { UpdateSource } from './update-source'

/** Maximum size of a feed in bytes. A real feed has less than 2 kB. */
export const maxFeedBytes = 64 * 1024

/** The text before the signed text, so that a signature of another purpose is never valid for a feed. */
export const signedPrefix = 'bantin-update/1\n'

/** Maximum time in ms by which the clock of this machine may be behind the clock of the publisher. */
const maxClockLagMs = 24 * 60 * 60 * 1000

/** The file `update.json`: a text with the facts, and the signature of exactly this text. */
const envelopeSchema = z.object({ signed: z.string(), signature: z.string() })

const versionSchema = z.string().check(z.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/))
/** The facts about the newest version. An unknown field is ignored, so that a later program can add fields. */
const feedSchema = z.object({
  version: versionSchema,
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The https page from which the user downloads the new version. */
  page: z.string().check(
    z.maxLength(2000),
    z.refine((address) => URL.parse(address)?.protocol === 'https:'),
  ),
  /** The files of the new version with their SHA-512 checksums as base64. */
  files: z.array(z.object({ name: z.string(), sha512: z.string() })).check(z.maxLength(100)),
})
/** See {@link feedSchema}. */
export type UpdateFeed = z.infer<typeof feedSchema>

/**
 * Reads a feed and verifies its signature with the key of the source. Throws `update-damaged` if the bytes are no feed,
 * `update-not-trusted` if the signature is wrong, and `update-expired` if the feed is too old, or newer than the clock of
 * this machine.
 */
export function readUpdateFeed(bytes: Uint8Array, { key }: Pick<UpdateSource, 'key'>, now: Date): UpdateFeed {
  const envelope = envelopeSchema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')))
  if (!envelope.success) throw new AppError('update-damaged', 'read update: not a feed')
  const { signed, signature } = envelope.data
  if (!isSignedBy(key, signed, signature)) throw new AppError('update-not-trusted', 'read update: wrong signature')
  const feed = feedSchema.safeParse(parseJson(signed))
  if (!feed.success) throw new AppError('update-damaged', 'read update: a field is missing or wrong')
  const { issuedAt, expiresAt } = feed.data
  if (now.getTime() > Date.parse(expiresAt) || now.getTime() < Date.parse(issuedAt) - maxClockLagMs)
    throw new AppError('update-expired', `read update: valid from ${issuedAt} to ${expiresAt}`)
  return feed.data
}

/** Tells whether a version is newer than another version. Both have the form 1.2.3. */
export function isNewer(version: string, other: string): boolean {
  const [first, second] = [version, other].map((each) => each.split('.').map(Number))
  const at = [0, 1, 2].find((place) => first?.[place] !== second?.[place])
  return at !== undefined && (first?.[at] ?? 0) > (second?.[at] ?? 0)
}

function isSignedBy(key: string, signed: string, signature: string): boolean {
  const { createPublicKey, verify } = nodeCrypto()
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    if (publicKey.asymmetricKeyType !== 'ed25519') return false
    return verify(null, Buffer.from(signedPrefix + signed), publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false // the key of the build or the signature has a wrong form
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
