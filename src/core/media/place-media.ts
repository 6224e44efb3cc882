import type { Attachment, BulletinText, MissingFile } from '../../shared/bulletin'
import type { PageMedia } from '../extract/page-media'

/** Finds the stored pictures and files of a text by their addresses. */
export interface MediaLookup {
  /** Returns the name of a picture in `files/`. Returns null if the picture is missing. */
  findPicture(address: string): string | null
  /** Returns an attached file. Returns null if the attached file is missing. */
  findAttachment(address: string, name: string): Attachment | null
  /** Returns the error code of a missing picture or file. */
  missingCode(role: MissingFile['role'], address: string): MissingFile['code']
}

/**
 * Matches the placeholder that the sanitizer writes. The placeholder contains only the escaped alternative text of the
 * picture.
 */
const placeholder = /<span class="missing-picture"(?: data-original="[^"]*")?>(?:([^<]*)<\/span>)?/g

/**
 * Places the stored pictures and files in a text. The function replaces the placeholders, and fills `figures`,
 * `attachments` and `missing`.
 */
export function placeMedia(text: BulletinText, media: PageMedia, lookup: MediaLookup): BulletinText {
  const figures = text.figures.map((figure) => ({ ...figure }))
  const missing = new Map<string, MissingFile>()
  const recordMissing = (role: MissingFile['role'], address: string, name: string): void => {
    if (address !== '' && !/^data:/i.test(address))
      missing.set(`${role} ${address}`, { role, address, name, code: lookup.missingCode(role, address) })
  }
  let at = -1
  const bodyHtml = text.bodyHtml.replace(placeholder, (whole: string, alt: string | undefined) => {
    at += 1
    const picture = media.pictures[at]
    if (picture === undefined) return whole
    const file = lookup.findPicture(picture.address)
    if (file === null) recordMissing('picture', picture.address, '')
    if (file === null || alt === undefined) return whole
    const figure = picture.figure === null ? undefined : figures[picture.figure]
    if (figure !== undefined) figure.file ??= file
    return `<img src="files/${file}" alt="${alt.replaceAll('"', '&quot;')}" />`
  })
  const attachments = media.attachments.flatMap(({ address, name }) => {
    const attachment = lookup.findAttachment(address, name)
    if (attachment === null) recordMissing('attachment', address, name)
    return attachment === null ? [] : [attachment]
  })
  return { ...text, bodyHtml, figures, attachments, missing: [...missing.values()] }
}
