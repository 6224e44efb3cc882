import type { Attachment, BulletinText, MissingFile } from '../../shared/bulletin'
import { type AppError, toAppError } from '../../shared/errors'
import type { PageMedia } from '../extract/page-media'
import type { AdditionFile } from '../library/store/captures'
import { sha256 } from '../library/store/identity'
import { decodeDataUrl } from './data-url'
import { detectAttachmentKind, type FileKind, detectPictureKind } from './file-kind'
import { createMediaError } from './media-errors'
import { placeMedia } from './place-media'

/** What a picture or attached file is for. */
export type MediaRole = MissingFile['role']

/** A picture or file as it was had: from the network, from beside a saved page, out of an archive. */
export type ResolvedMedia = Pick<AdditionFile, 'bytes' | 'received' | 'facts' | 'fileName'>

/** Gets one picture or file. Throws one of the errors a {@link MissingFile} can name, or `cancelled`. */
export type ResolveMedia = (address: string, role: MediaRole, signal: AbortSignal) => Promise<ResolvedMedia>

/** How much media one bulletin may have. */
export interface MediaLimits {
  files: number
  bytes: number
  /** Fetched side by side. */
  maxConcurrent: number
}

/** A report with every page as a scanned picture still fits. */
export const mediaLimits: MediaLimits = { files: 200, bytes: 200 * 1024 * 1024, maxConcurrent: 4 }

/** What collecting needs. */
export interface CollectMediaParts {
  resolve: ResolveMedia
  signal: AbortSignal
  limits?: MediaLimits
  onProgress?(done: number, total: number, address: string): void
}

/** Name of a file in a bulletin's `files/`: the first half of its hash, and what it is. */
export function mediaFileName(bytes: Uint8Array, { extension }: FileKind): string {
  return `${sha256(bytes).slice(0, 32)}.${extension}`
}

/**
 * Gets what a text refers to and puts it in its place: pictures instead of their placeholders, attached files as a
 * list. What can't be had keeps its placeholder, stands in `missing` with the reason, and holds up nothing else. Throws
 * `cancelled`.
 */
export async function collectMedia(
  text: BulletinText,
  media: PageMedia,
  options: CollectMediaParts,
): Promise<{ text: BulletinText; files: AdditionFile[] }> {
  const { found, failed } = await fetchMediaFiles(wantedOf(media), options)
  const files = new Map(found.map(({ role, asked, ...file }) => [keyOf({ role, address: asked }), { role, ...file }]))
  const reasons = new Map(failed.map(({ error, ...item }) => [keyOf(item), error.code]))
  const placed = placeMedia(text, media, {
    picture: (address) => files.get(keyOf({ role: 'picture', address }))?.file ?? null,
    attachment: (address, name) => attachmentOf(files.get(keyOf({ role: 'attachment', address })), address, name),
    whyMissing: (role, address) => reasons.get(keyOf({ role, address })) ?? 'file-not-found',
  })
  return { text: placed, files: [...files.values()] }
}

/**
 * Gets these pictures and files, some side by side, within the limits of one bulletin; `asked` is the address each was
 * asked by. Throws `cancelled`.
 */
export async function fetchMediaFiles(
  wanted: readonly WantedMedia[],
  options: CollectMediaParts,
): Promise<{ found: (AdditionFile & { asked: string })[]; failed: (WantedMedia & { error: AppError })[] }> {
  const found: (AdditionFile & { asked: string })[] = []
  const failed: (WantedMedia & { error: AppError })[] = []
  const limits = options.limits ?? mediaLimits
  let bytesLeft = limits.bytes
  const queue = wanted.entries()
  const work = async (): Promise<void> => {
    for (const [at, item] of queue) {
      options.onProgress?.(found.length + failed.length, wanted.length, item.address.slice(0, 300))
      try {
        if (at >= limits.files || bytesLeft <= 0) throw createMediaError('bulletin-full', item.address)
        const file = await mediaFile(item, options)
        if (file.bytes.byteLength > bytesLeft) throw createMediaError('bulletin-full', item.address)
        bytesLeft -= file.bytes.byteLength
        found.push({ ...file, asked: item.address })
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.code === 'cancelled' || error.code === 'internal') throw error
        failed.push({ ...item, error })
      }
    }
  }
  await Promise.all(Array.from({ length: limits.maxConcurrent }, work))
  return { found, failed }
}

/** A picture or file that is to be had, with its name for the reader. */
export type WantedMedia = Pick<MissingFile, 'role' | 'address' | 'name'>

function keyOf({ role, address }: Pick<WantedMedia, 'role' | 'address'>): string {
  return `${role} ${address}`
}

/** Each address once, pictures first; those that have none stay placeholders. */
function wantedOf({ pictures, attachments }: PageMedia): WantedMedia[] {
  const all: WantedMedia[] = [
    ...pictures.map(({ address }) => ({ role: 'picture' as const, address, name: '' })),
    ...attachments.map(({ address, name }) => ({ role: 'attachment' as const, address, name })),
  ]
  return [...new Map(all.filter(({ address }) => address !== '').map((item) => [keyOf(item), item])).values()]
}

async function mediaFile(
  { role, address, name }: WantedMedia,
  { resolve, signal }: CollectMediaParts,
): Promise<AdditionFile> {
  const isData = /^data:/i.test(address)
  const carried = isData ? decodeDataUrl(address) : null
  if (isData && carried === null) throw createMediaError('wrong-kind', address)
  const resolved =
    carried === null
      ? await resolve(address, role, signal)
      : { bytes: carried, received: carried, facts: null, fileName: null }
  const kind =
    role === 'picture'
      ? await detectPictureKind(resolved.bytes)
      : await detectAttachmentKind(resolved.bytes, nameWithEnding(resolved.fileName, address, name))
  if (kind === null) throw createMediaError('wrong-kind', address)
  return { ...resolved, role, address: isData ? null : address, kind, file: mediaFileName(resolved.bytes, kind) }
}

/** The first of the names that has an ending: the server's, the address's, the reader's. */
function nameWithEnding(...names: (string | null)[]): string {
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
    return text // not encoded as it should be: shown as it stands
  }
}
