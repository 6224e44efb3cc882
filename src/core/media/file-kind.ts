import { fileTypeFromBuffer } from 'file-type'

/** The kind of a file, detected from the content of the file. */
export interface FileKind {
  /** The media type of the file. */
  type: string
  /** The extension that files of this kind get in the library, without a dot. */
  extension: string
}

/** The types of pictures that every browser shows. SVG is not allowed, because an SVG file can contain scripts. */
const pictureTypes: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/apng': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
}

/** The kinds that have no signature. The file name decides only between these kinds. */
const typesByExtension: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  csv: 'text/csv',
  txt: 'text/plain',
  rtf: 'application/rtf',
  dwg: 'image/vnd.dwg',
}
/** The Office formats before 2007, which all have the signature of a compound file. */
const compoundExtensions = new Set(['doc', 'xls', 'ppt'])

/** Detects a kind by its signature. Returns null for text, for HTML, and for bytes without a known signature. */
export async function detectFileKind(bytes: Uint8Array): Promise<FileKind | null> {
  const found = await fileTypeFromBuffer(bytes)
  return found === undefined || /\b(?:xml|text|html|json)\b/.test(found.mime)
    ? null
    : { type: found.mime, extension: found.ext }
}

/** Detects a picture that every browser shows. Returns null for any other content, whatever its name or media type. */
export async function detectPictureKind(bytes: Uint8Array): Promise<FileKind | null> {
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  const extension = pictureTypes[type]
  return extension === undefined ? null : { type: type === 'image/apng' ? 'image/png' : type, extension }
}

/**
 * Detects the kind of an attached file by its content. If the content allows several kinds, the file name decides
 * between them. Returns null for an HTML page, because portals send a page in place of a file that was removed or needs
 * a password.
 */
export async function detectAttachmentKind(bytes: Uint8Array, name: string): Promise<FileKind | null> {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = await fileTypeFromBuffer(bytes)
  if (found === undefined) {
    if (isHtmlPage(bytes)) return null
    const type = compoundExtensions.has(extension) ? undefined : typesByExtension[extension]
    return type === undefined ? unknownKind : { type, extension }
  }
  if (found.ext === 'cfb') {
    const type = compoundExtensions.has(extension) ? typesByExtension[extension] : undefined
    return type === undefined ? unknownKind : { type, extension }
  }
  return /^[a-z0-9]{1,8}$/.test(found.ext) ? { type: found.mime, extension: found.ext } : unknownKind
}

const unknownKind: FileKind = { type: 'application/octet-stream', extension: 'bin' }

function isHtmlPage(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1000)).replace(/^\s*(?:ï»¿)?\s*/, '')
  return /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body|script)\b/i.test(head)
}
