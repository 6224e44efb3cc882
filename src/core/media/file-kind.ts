import { fileTypeFromBuffer } from 'file-type'

/** What a file is by its content. */
export interface FileKind {
  /** Media type. */
  type: string
  /** Extension of its name in the library, without a dot. */
  extension: string
}

/** Pictures every browser shows; SVG is a document that can act, so never one of them. */
const pictureTypes: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/apng': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
}

/** Kinds whose content has no sign of its own, or one that several share: the name decides among these alone. */
const namedTypes: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  csv: 'text/csv',
  txt: 'text/plain',
  rtf: 'application/rtf',
  dwg: 'image/vnd.dwg',
}
const olderOffice = new Set(['doc', 'xls', 'ppt'])

/** What bytes are by a sign of their own; null for text, pages and whatever has none. */
export async function detectFileKind(bytes: Uint8Array): Promise<FileKind | null> {
  const found = await fileTypeFromBuffer(bytes)
  return found === undefined || /\b(?:xml|text|html|json)\b/.test(found.mime)
    ? null
    : { type: found.mime, extension: found.ext }
}

/** The kind of a picture a browser can show; null for everything else, whatever its name or server says. */
export async function detectPictureKind(bytes: Uint8Array): Promise<FileKind | null> {
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  const extension = pictureTypes[type]
  return extension === undefined ? null : { type: type === 'image/apng' ? 'image/png' : type, extension }
}

/**
 * The kind of an attached file: by its content, by its name only where the content leaves a choice. Null for a page in
 * place of a file, as portals send when a file is gone or wants a password.
 */
export async function detectAttachmentKind(bytes: Uint8Array, name: string): Promise<FileKind | null> {
  const named = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = await fileTypeFromBuffer(bytes)
  if (found === undefined) {
    if (isPage(bytes)) return null
    const type = olderOffice.has(named) ? undefined : namedTypes[named]
    return type === undefined ? unknownKind : { type, extension: named }
  }
  if (found.ext === 'cfb') {
    const type = olderOffice.has(named) ? namedTypes[named] : undefined
    return type === undefined ? unknownKind : { type, extension: named }
  }
  return /^[a-z0-9]{1,8}$/.test(found.ext) ? { type: found.mime, extension: found.ext } : unknownKind
}

const unknownKind: FileKind = { type: 'application/octet-stream', extension: 'bin' }

function isPage(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1000)).replace(/^\s*(?:ï»¿)?\s*/, '')
  return /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body|script)\b/i.test(head)
}
