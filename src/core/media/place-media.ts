import type { Attachment, BulletinText, MissingFile } from '../../shared/bulletin'
import type { PageMedia } from '../extract/page-media'

/** Where the pictures and files of a text are now. */
export interface Places {
  /** Name in `files/`; null where the picture is not there. */
  picture(address: string): string | null
  attachment(address: string, name: string): Attachment | null
  /** Why a picture or file is not there. */
  whyMissing(role: MissingFile['role'], address: string): MissingFile['code']
}

/** A placeholder as sanitising writes it: the picture's alternative text, escaped, is all it holds. */
const placeholder = /<span class="missing-picture"(?: data-original="[^"]*")?>(?:([^<]*)<\/span>)?/g

/** A text with its pictures and files in place: body, figures, attachments, and what is missing. */
export function placeMedia(text: BulletinText, media: PageMedia, places: Places): BulletinText {
  const figures = text.figures.map((figure) => ({ ...figure }))
  const missing = new Map<string, MissingFile>()
  const note = (role: MissingFile['role'], address: string, name: string): void => {
    if (address !== '' && !/^data:/i.test(address))
      missing.set(`${role} ${address}`, { role, address, name, code: places.whyMissing(role, address) })
  }
  let at = -1
  const bodyHtml = text.bodyHtml.replace(placeholder, (whole: string, alt: string | undefined) => {
    at += 1
    const picture = media.pictures[at]
    if (picture === undefined) return whole
    const file = places.picture(picture.address)
    if (file === null) note('picture', picture.address, '')
    if (file === null || alt === undefined) return whole
    const figure = picture.figure === null ? undefined : figures[picture.figure]
    if (figure !== undefined) figure.file ??= file
    return `<img src="files/${file}" alt="${alt.replaceAll('"', '&quot;')}" />`
  })
  const attachments = media.attachments.flatMap(({ address, name }) => {
    const attachment = places.attachment(address, name)
    if (attachment === null) note('attachment', address, name)
    return attachment === null ? [] : [attachment]
  })
  return { ...text, bodyHtml, figures, attachments, missing: [...missing.values()] }
}
