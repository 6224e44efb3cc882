import type { Attachment, BulletinText, MissingFile } from '../../shared/bulletin'
import { type AppError, toAppError } from '../../shared/errors'
import type { PageMedia } from '../extract/page-media'
import type { AdditionFile } from '../library/store/captures'
import { sha256 } from '../library/store/identity'
import { decodeDataUrl } from './data-url'
import { detectAttachmentKind, type FileKind, detectPictureKind } from './file-kind'
import { createMediaError } from './media-errors'
import { placeMedia } from './place-media'

/** The role of a file in a bulletin: picture or attachment. */
export type MediaRole = MissingFile['role']

/**
 * A resolved picture or file. The bytes come from the network, from the files saved with the page, or from a web
 * archive.
 */
export type ResolvedMedia = Pick<AdditionFile, 'bytes' | 'received' | 'facts' | 'fileName'>

/**
 * Resolves one picture or file. Throws `cancelled`, or an error whose code a {@link MissingFile} can hold as its
 * reason.
 */
export type ResolveMedia = (address: string, role: MediaRole, signal: AbortSignal) => Promise<ResolvedMedia>

/** The limits on the pictures and files of one bulletin. */
export interface MediaLimits {
  maxFiles: number
  maxBytes: number
  /** The maximum number of files that are resolved concurrently. */
  maxConcurrent: number
}

/** The default limits. These limits are high enough for a report that consists of scanned pages. */
export const mediaLimits: MediaLimits = { maxFiles: 200, maxBytes: 200 * 1024 * 1024, maxConcurrent: 4 }

/** The dependencies of {@link collectMedia}. */
export interface CollectMediaParts {
  resolve: ResolveMedia
  signal: AbortSignal
  limits?: MediaLimits
  onProgress?(done: number, total: number, address: string): void
}

/**
 * Returns the name of a file in a bulletin's `files/`. The name consists of the first half of the SHA-256 of the bytes,
 * and the extension.
 */
function mediaFileName(bytes: Uint8Array, { extension }: FileKind): string {
  return `${sha256(bytes).slice(0, 32)}.${extension}`
}

/**
 * Resolves the pictures and attached files of a text. Pictures replace their placeholders, and attached files become a
 * list. A file that cannot be resolved keeps its placeholder, and `missing` lists the file with the error. Throws
 * `cancelled`.
 */
export async function collectMedia(
  text: BulletinText,
  media: PageMedia,
  parts: CollectMediaParts,
): Promise<{ text: BulletinText; files: AdditionFile[] }> {
  const { found, failed } = await fetchMediaFiles(listWanted(media), parts)
  const files = new Map(
    found.map(({ role, requested, ...file }) => [keyOf({ role, address: requested }), { role, ...file }]),
  )
  const reasons = new Map(failed.map(({ error, ...item }) => [keyOf(item), error.code]))
  const placed = placeMedia(text, media, {
    findPicture: (address) => files.get(keyOf({ role: 'picture', address }))?.file ?? null,
    findAttachment: (address, name) => attachmentOf(files.get(keyOf({ role: 'attachment', address })), address, name),
    missingCode: (role, address) => reasons.get(keyOf({ role, address })) ?? 'file-not-found',
  })
  return { text: placed, files: [...files.values()] }
}

/**
 * Resolves several pictures and files concurrently, within the limits of one bulletin. `requested` is the address by
 * which a file was requested. Throws `cancelled`.
 */
export async function fetchMediaFiles(
  wanted: readonly WantedMedia[],
  parts: CollectMediaParts,
): Promise<{ found: (AdditionFile & { requested: string })[]; failed: (WantedMedia & { error: AppError })[] }> {
  const found: (AdditionFile & { requested: string })[] = []
  const failed: (WantedMedia & { error: AppError })[] = []
  const limits = parts.limits ?? mediaLimits
  let bytesLeft = limits.maxBytes
  const queue = wanted.entries()
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) {
      parts.onProgress?.(found.length + failed.length, wanted.length, item.address.slice(0, 300))
      try {
        if (at >= limits.maxFiles || bytesLeft <= 0) throw createMediaError('bulletin-full', item.address)
        const file = await resolveFile(item, parts)
        if (file.bytes.byteLength > bytesLeft) throw createMediaError('bulletin-full', item.address)
        bytesLeft -= file.bytes.byteLength
        found.push({ ...file, requested: item.address })
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.code === 'cancelled' || error.code === 'internal') throw error
        failed.push({ ...item, error })
      }
    }
  }
  await Promise.all(Array.from({ length: limits.maxConcurrent }, worker))
  return { found, failed }
}

/** A picture or file to resolve, with its name for the user. */
export type WantedMedia = Pick<MissingFile, 'role' | 'address' | 'name'>

function keyOf({ role, address }: Pick<WantedMedia, 'role' | 'address'>): string {
  return `${role} ${address}`
}

/**
 * Returns the pictures and files of a page that have an address. No picture or file is returned twice, and the pictures
 * come first.
 */
function listWanted({ pictures, attachments }: PageMedia): WantedMedia[] {
  const all: WantedMedia[] = [
    ...pictures.map(({ address }) => ({ role: 'picture' as const, address, name: '' })),
    ...attachments.map(({ address, name }) => ({ role: 'attachment' as const, address, name })),
  ]
  return [...new Map(all.filter(({ address }) => address !== '').map((item) => [keyOf(item), item])).values()]
}

/**
 * Resolves one file and detects its kind. Throws `wrong-kind` if the kind is not allowed, and also every error of the
 * resolver.
 */
async function resolveFile(
  { role, address, name }: WantedMedia,
  { resolve, signal }: CollectMediaParts,
): Promise<AdditionFile> {
  const isData = /^data:/i.test(address)
  const inline = isData ? decodeDataUrl(address) : null
  if (isData && inline === null) throw createMediaError('wrong-kind', address)
  const resolved =
    inline === null
      ? await resolve(address, role, signal)
      : { bytes: inline, received: inline, facts: null, fileName: null }
  const kind =
    role === 'picture'
      ? await detectPictureKind(resolved.bytes)
      : await detectAttachmentKind(resolved.bytes, nameWithExtension(resolved.fileName, address, name))
  if (kind === null) throw createMediaError('wrong-kind', address)
  return { ...resolved, role, address: isData ? null : address, kind, file: mediaFileName(resolved.bytes, kind) }
}

/** Returns the first name with an extension, or an empty text if no name has one. */
function nameWithExtension(...names: (string | null)[]): string {
  const bare = names.map((name) => (name === null ? '' : (URL.parse(name)?.pathname ?? name)))
  return bare.find((name) => /\.[a-z0-9]{1,8}$/i.test(name)) ?? ''
}

function attachmentOf(found: AdditionFile | undefined, address: string, name: string): Attachment | null {
  if (found === undefined) return null
  const fromAddress = decodeURIComponentSafely(URL.parse(address)?.pathname.split('/').at(-1) ?? '')
  return {
    file: found.file,
    name: name !== '' ? name : (found.fileName ?? fromAddress),
    type: found.kind.type,
    bytes: found.bytes.byteLength,
    address,
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // the encoding is invalid, so the text is shown as it is
  }
}
